# 命令行页面。

unknown = 未知
goods = 货物
none-yet = 尚无
days = 天
colon = ：
list-comma = 、
list-clause = ，
list-semicolon = ；

need-buy = 采购 { $quantity } { $goods }（HS { $hs }），{ $incoterm }交至 { $place }，以 { $currency } 支付
need-sell = 出售 { $quantity } { $goods }（HS { $hs }），{ $incoterm }自 { $place }，以 { $currency } 收款
need-deadline = ，{ $date } 前到货
need-shut = ，{ $passage } 关闭

combinations = 来自 { $origins } 个来源地的 { $all } 种组合
shown = 展示 { $count } 个
facts-as-of = 数据截至 { $date }
sources-count = { $count } 个来源
draws-count = { $count } 次抽样，种子 { $seed }
effort = { $seconds }，CPU { $cpu } 秒，约 { $joules } J（假定每个忙碌核心 { $watts }，设置项 watts_per_core）
first-in = 在 { $percent } 的抽样中排第一
rank-of = 第 { $rank } 名，共 { $count } 个
on-time = 准时率 { $percent }
at-least = 至少 { $amount }
unknown-parts = 该数字未包含以下未知项：{ $parts }
via = ，经 { $passages }
passages = 水道：{ $passages }
duty-none = 无税率记录
preference-line = { $scheme }：{ $state }，可节省 { $saving }
preference-full = { $scheme }：{ $rate }，{ $state }；节省 { $saving }
rule-of-origin = 原产地规则：{ $text }
must-prove = 须证明：{ $text }
exposure = 敞口 { $amount }
more-findings = 另有 { $count } 条提示：periplus plan show
flip = { $text }：届时 { $then } 排第一
question = { $text } 可询问：{ $ask }。{ $worth }
question-worth = 弄清此事约值 { $worth }。
question-decides = 它决定能否得出完整总额。
no-plan = 没有可行方案。原因如下：
relaxation-landed = ；到岸总成本 { $landed }
relaxation-arrives = ；{ $date } 到货
beaten-by = （不及 { $plan }）
why-not-shown = 答案中已展示：{ $plans }
no-change = 没有变化。
not-there = 无
wrote = 已写入 { $path }
says = 来源原文：{ $text }
reference = 依据：{ $text }
score = 得分 { $score }（0 最好，1 最差）：{ $parts }

label-blank = {""}
label-landed = 到岸成本
label-arrives = 到货
label-route = 路线
label-terms = 条件
label-duty = 关税
label-carbon = 碳排放
label-watch = 注意
label-per-unit = 单位成本
label-at-risk = 风险成本
label-exposure = 敞口
label-cash-month = 占用资金（月）
label-arrives-long = 到货
label-scenarios = 情景数
label-carbon-transport = 运输碳排放
label-carbon-product = 产品碳排放（出厂前）
label-look-alikes = 合并的相似方案
label-formula = 算式
label-says = 原文
label-basis = 依据类型
label-source = 来源
label-reference = 引用

title-every-plan = 所有方案均适用
supplier-benchmark = { $name }（基准）
title-flips = 什么会让别的方案排第一
title-question = 下一个该问的问题
title-missing = 查找过但没有找到
title-relaxations = 使方案可行的最小改动
title-evidence = 证据
title-formulas = 各项从何而来
title-legs = 运输段
title-preferences = 优惠与证明
title-findings = 提示
title-sources = 来源

landed-cost = 到岸总成本
recoverable = （可抵扣，不计入总额）
payer-seller = 卖方
payer-buyer = 买方
total-exactly = 确切
total-at-least = 至少；未知：{ $parts }

why-recoverable = 已登记的买方可退回的税：列出，但不计入到岸成本
why-scenarios = 来自 { $count } 个共用情景，所有方案相同
why-at-risk = 最差十分之一情景的均值减去中位数
why-first = 此方案得分最优的情景所占比例
why-exposure = 付款、套保和保险的选择之后仍有风险的金额
why-cash-month = 货到之前占用的自有资金，金额乘以天数 / 30

legend-basis = [o] 实测  [b] 基准  [m] 模型  [a] 假定；总额以其最弱的一项标注
footer = 规划估算，不是裁定，也不是建议。

doctor-data-dir-hint = 请使该文件夹可写，或用 --data-dir 或 PERIPLUS_DATA_DIR 指定另一个。
doctor-charset-hint = 请使用 UTF-8 区域设置，例如 LANG=zh_CN.UTF-8。
doctor-locale-hint = Periplus 支持 en 和 zh；用 --lang 或 PERIPLUS_LANG 选择。
doctor-width-hint = 答案按 80 列及以上排版；请加宽窗口或使用 --width 80。
doctor-stray-hint = 没有这个名称的设置。最接近：{ $nearest }。参见 periplus config show。

setting-as-of = 以这一天为准作决定；空则为今天
setting-color = 颜色：auto、always、never
setting-data-dir = 存放导入的数据册和保留的答案的文件夹
setting-format = 答案的格式
setting-lang = 答案的语言：en、zh
setting-offline = 不使用网络
setting-plans = 最多展示的方案数
setting-seed = 共用情景的种子
setting-watts-per-core = 每个忙碌核心的假定功率，用于估算能耗
setting-width = 答案的列宽；空则取终端宽度

importing = 正在导入 { $path }
verifying = 正在检查数据册
pulling = 正在下载 { $path }
counting = 正在计算 { $path } 的关税
line = 行
import-title = { $file }：{ $kind } 导入数据册 { $book }
import-counts = { $read } 行：接受 { $accepted }，修复 { $repaired }，搁置 { $aside }，拒绝 { $rejected }
fate-repaired = 已修复
fate-set-aside = 已搁置
fate-rejected = 已拒绝
import-installed = 数据册 { $book } 现为版本 { $edition }（此前：{ $before }）
import-unchanged = 数据册 { $book } 已是版本 { $edition }，未作改动
rolled-back = 数据册 { $book } 已回到版本 { $edition }（原为：{ $before }）
books-in = 导入的数据册：{ $path }
origin-bundled = 附带
origin-imported = 导入
health-sound = 完好
health-unchecked = 未检查
health-damaged = 损坏：{ $why }

suppliers-note = { $year }：总额 { $total } USD；集中度（HHI）{ $hhi }；份额与增长以百分比计，增长为年率
benchmark-note = 贸易统计的单位价值（FOB）：是基准，不是报价。
price-year = 年份
price-band = P10 – P50 – P90，FOB
price-rung = 依据
price-flows = 区间所含流量
price-outliers = 剔除的异常值
price-unweighed = 数量未知的流量
price-mean = 平均单位价值
price-trade = 贸易额
rung-own = 该经济体自身的流量
rung-own-mean = 该经济体的均值，加全球离散度
rung-region = 其所在区域的流量
rung-world = 全球所有流量

all-goods = 所有货物
measures-other-days = 另有 { $count } 项措施在 { $date } 不生效
duty-title = HS { $hs }，原产 { $origin }，进口 { $importer }，{ $date }，完税价格 { $value }
duty-sums = 关税与费用 { $duty }；税 { $tax }
customs-value = 完税价格
recoverable-short = （可抵扣）

deciding = 正在决策
gathering = 正在收集事实
verified = { $path }：已验证，从案卷 { $dossier } 重新决策 { $plans } 个方案，逐字节一致
understood = 理解为：{ $spans }
not-kept = 答案未能保存：{ $why }
quotes-read = { $path }：{ $all } 条报价中有 { $used } 条适用于该货物
route-title = 从 { $from } 到 { $to }：{ $count } 种走法，{ $mass }
route-dropped = 未列出

doctor-books = { $count } 个数据册，{ $rows } 行，除下列外校验和全部正确
doctor-book-missing = 缺少数据册 { $book }
doctor-book-missing-hint = 用 periplus data import FILE 导入，或使用附带数据册的程序。
doctor-book-damaged-hint = periplus data rollback { $book }，或重新导入。
doctor-book-old = 数据册 { $book } 的数据为 { $vintage }：已有 { $days } 天
doctor-book-old-hint = periplus data pull，或 periplus data import FILE。
doctor-disk-room = 有空间存放答案
doctor-disk-hint = 请释放空间，或用 --data-dir 指定另一个文件夹。

at-most = 至多 { $amount }
label-landed-sell = 净得
landed-cost-sell = 扣除成本后净得
col-landed-sell = 净得
total-at-most = 至多；未知：{ $parts }
