# 命令行自身的消息。提示以 -hint 结尾。

prp-1902 = { $path } 中有未知设置项“{ $key }”
prp-1902-hint = 最接近：{ $nearest }；已知：{ $known }
prp-1903 = 设置项 { $key } 不能为“{ $value }”（{ $origin }）
prp-1903-hint = 应为：{ $expect }
prp-1904 = 无法读取 { $path } 中的设置：{ $why }
prp-1904-hint = 请修正或移开该文件；periplus config show --origin 列出当前生效的设置
prp-1905 = 还没有上一个答案
prp-1905-hint = 先运行 periplus radar scan，或用 --answer 指定文件
prp-1906 = { $path } 不能作为答案读取：{ $why }
prp-1906-hint = 答案由 periplus radar scan NEED --out FILE 写出
prp-1907 = 答案中没有方案“{ $plan }”
prp-1907-hint = 最接近：{ $nearest }；现有：{ $known }
prp-1908 = 方案 { $plan } 没有数字“{ $figure }”
prp-1908-hint = 最接近：{ $nearest }；现有：{ $known }
prp-1909 = 答案中没有关于“{ $asked }”的内容
prp-1909-hint =
    { $nearest ->
        [none] {""}
       *[other] 最接近：{ $nearest }；
    }原因之一：{ $known }；或 { $count } 个经济体之一（名称或代码）、运输方式、水道或方案
prp-1910 = 没有“{ $code }”的说明
prp-1910-hint = 最接近：{ $nearest }；periplus explain 列出全部代码
prp-1911 = 无法写入 { $path }：{ $why }
prp-1911-hint = 请检查磁盘和文件夹权限
prp-1912 = 此命令不能以 { $format } 格式回答
prp-1912-hint = 可用格式：{ $known }
prp-1914 = 答案中没有方案：无一可行
prp-1914-hint = periplus radar why-not 列出原因；radar scan 给出最小改动
prp-1915 = 缺少数据册或引擎“{ $book }”
prp-1915-hint = periplus doctor 说明缺什么；periplus data import FILE 导入
prp-1919 = { $format } 不适合在终端显示
prp-1919-hint = 请写入文件，例如：> answer.{ $format }
prp-1900 = { $why }
prp-1900-hint = 请加 -v 再运行一次，并保留输入文件以便重现
prp-1916 = 无法读取 { $path }：{ $why }
prp-1916-hint = 请检查文件名和当前文件夹
prp-1917 = { $path } 缺少列 { $missing }
prp-1917-hint = 需要：{ $looked }；实有：{ $found }
prp-1918 = { $path } 的 { $all } 行中有 { $bad } 行无法使用
prp-1918-hint = 请修正列出的行后再运行
prp-1920 = { $path } 验证不符：{ $count } 处不同，首处为 { $first }
prp-1920-hint = 文件被改动过，或由另一版本的 Periplus 写出
prp-1921 = { $path } 不含案卷，无法重新决策
prp-1921-hint = 请用 periplus radar scan NEED --out FILE 写出答案
prp-1922 = { $what } 需要网络，而 --offline 禁止使用
prp-1922-hint = 去掉 --offline，或手工取得文件后：periplus data import FILE
prp-1923 = 答案违反不变量：{ $broken }
prp-1923-hint = 请保留答案文件并报告；该方案应视为错误
prp-1924 = 损坏的数据册：{ $count }
prp-1924-hint = periplus data rollback BOOK 回到上一版本；periplus data import FILE 重新导入
prp-1925 = 未载入 { $importer } 的税则
prp-1925-hint = 已载入：{ $known }；可用 periplus data import FILE 导入
prp-1926 = { $importer } 的税则在 { $date } 没有 HS { $hs } 的措施
prp-1926-hint = 请减少位数，或用 --as-of 换一天
prp-1927 = “{ $value }”不是带货币的金额
prp-1927-hint = 例如 "95000 GBP"
prp-1928 = “{ $given }”不是一项事实
prp-1928-hint = 请写 --fact NAME=VALUE，例如 --fact origin.wholly_obtained=yes
prp-1929 = “{ $given }”不是运输方式
prp-1929-hint = 可为 sea、air、rail、road
prp-1930 = “{ $given }”不是质量
prp-1930-hint = 例如 "20 t" 或 "500 kg"
