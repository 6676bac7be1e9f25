# 命令行页面。

unknown = 未知
goods = 货物
bundled = 随程序附带
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

title-flips = 什么会让别的方案排第一
title-question = 下一个该问的问题
title-missing = 查找过但没有找到
title-relaxations = 使方案可行的最小改动
title-evidence = 证据
title-waterfall = 到岸成本，{ $currency }
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
setting-books-dir = 代替附带数据册的文件夹
setting-color = 颜色：auto、always、never
setting-data-dir = 存放导入的数据册和保留的答案的文件夹
setting-format = 答案的格式
setting-lang = 答案的语言：en、zh
setting-offline = 不使用网络
setting-plans = 最多展示的方案数
setting-seed = 共用情景的种子
setting-watts-per-core = 每个忙碌核心的假定功率，用于估算能耗
setting-width = 答案的列宽；空则取终端宽度
