# 引擎语句的译文。参数名与英文相同。

## 路线

way-1 = { $mode }：{ $name } – { $name2 }
way-2 = { $mode }：{ $name } – { $name2 }，{ $mode2 }至 { $name3 }
way-3 = { $mode }：{ $name } – { $name2 }，{ $mode2 }至 { $name3 }，{ $mode3 }至 { $name4 }
way-4 = { $mode }：{ $name } – { $name2 }，{ $mode2 }至 { $name3 }，{ $mode3 }至 { $name4 }，{ $mode4 }至 { $name5 }
way-5 = { $mode }：{ $name } – { $name2 }，{ $mode2 }至 { $name3 }，{ $mode3 }至 { $name4 }，{ $mode4 }至 { $name5 }，{ $mode5 }至 { $name6 }
way-of = { $name }，{ $said }
route-mode = { $mode }
route-pair = { $mode } { $code }–{ $code2 }
route-pair-without = { $mode } { $code }–{ $code2 }，不经{ $name }
route-transshipment = 中转 { $code }–{ $code2 }
route-key-1 = { $mode } { $quote }
route-key-2 = { $mode } { $quote }，{ $mode2 } { $quote2 }
route-key-3 = { $mode } { $quote }，{ $mode2 } { $quote2 }，{ $mode3 } { $quote3 }
route-key-4 = { $mode } { $quote }，{ $mode2 } { $quote2 }，{ $mode3 } { $quote3 }，{ $mode4 } { $quote4 }
choice-in-currency = { $said }（{ $code }）
path-sepa = SEPA 贷记转账（ISO 20022 pacs.008）
path-swift = 经 Swift 代理行电汇（CBPR+ pacs.008，原 MT103）
path-cips = 经 CIPS 参与行的人民币汇款（pacs.008）
path-domestic = 境内转账
rate-free = 免税

## 未列方案的去向

out-slower = { $n } 天，慢于保留的 { $n2 } 条海运路线
out-hub-detour = 经最近的枢纽港中转需 { $n } 公里，超过直达的 { $n2 } 倍
out-no-hub = 两港之间没有可用的枢纽港
out-no-port = 起运地或目的地附近没有港口
out-no-airport = 起运地或目的地 { $n } 公里内没有机场
out-one-airport = 两端使用同一机场 { $code }
out-same-place = 起运地与目的地为同一地点
out-no-land = { $economy }与{ $economy2 }之间没有陆路相连
out-too-far-road = { $n } 公里，超出卡车运输范围（{ $n2 } 公里）
out-rail-range = { $n } 公里，不在铁路运输范围内（{ $n2 } 至 { $n3 } 公里）
out-no-railway = 未知{ $economy }与{ $economy2 }之间有贯通的货运铁路
out-no-way = 没有已知路线
out-mode = 走{ $mode }，需求不允许
out-asking = { $economy }：即提出需求的经济体本身
out-not-asked = { $economy }：不在指定的经济体之内
out-refused = { $economy }：在排除的经济体之列
out-unspecified = { $economy }：来源未注明的地区
out-capacity-kg = { $economy }：供货能力依据不足：{ $n } kg 超过其年出口 { $n3 } kg 的 { $n2 } %
out-capacity-usd = { $economy }：供货能力依据不足：按世界中位价需求值 { $n } USD，超过其年出口额 { $n3 } USD 的 { $n2 } %
out-minimum = 起订量为 { $n } kg，需求仅 { $n2 } kg
out-carbon = { $n } kg CO2e，限额为 { $n2 }
out-late = { $n2 } % 的情形下需 { $n } 天（中位数 { $n3 } 天）；只剩 { $n4 } 天
out-late-terms = 采用最快的付款方式需 { $n } 天，来得及（剩 { $n2 } 天）；起步较晚的付款方式（须先开立信用证或等待预付款）则来不及
out-costs = 不计付款费用已达 { $money } 或以上
out-beaten-by = 各方面均不及：{ $said }，{ $said2 }（成本 { $money }，{ $n } 天）
out-beaten = 各方面均不及其他方案
out-like = 与 { $code } 相似：供应方、通道和付款类别相同
out-beyond = 可行，但排名靠后；可要求展示更多方案，或每个来源地展示更多
out-sepa-cheaper = 双方银行都可用更便宜的 SEPA
out-outside-sepa = 有一方银行不在 SEPA 范围内
out-not-deliverable = 该货币在境外不可交割
out-third-currency = 该货币不属任何一方，也不是通行的计价货币
out-within = 跟单信用证和托收只用于跨境贸易

## 翻转阈值

flip-price = { $economy }货价上涨 { $n } %：届时 { $code } 更便宜
flip-freight = { $economy }运费上涨 { $n } %：届时 { $code } 更便宜
flip-duty = 对{ $economy }的关税上调 { $n } 个百分点（按货值）：届时 { $code } 更便宜
flip-deadline = 期限早于 { $date }：届时 { $code } 来得及，本方案来不及
flip-price-down = { $economy }货价下降 { $n } %：届时比 { $code } 更便宜

## 最小放宽

widen-deadline = 期限改为 { $date }，推迟 { $n } 天
widen-cost = 成本限额由 { $money2 } 放宽至 { $money }
widen-carbon = 碳排放限额由 { $n2 } 放宽至 { $n } kg CO2e
widen-certainty = 准时把握由 { $n2 } % 降至 { $n } %
widen-air-part = 允许部分空运：仅靠海运，首批货 { $date } 才到，赶不上 { $date2 }；其余可海运，{ $date3 } 到
widen-split = { $n } kg 自{ $economy }空运，{ $date } 到；其余 { $n2 } kg 自{ $economy2 }走{ $mode }，{ $date2 } 到；不计付款费用约 { $money }
widen-origin = 允许需求排除在外的经济体
widen-mode = 允许{ $list }以外的运输方式
widen-passage = 开放{ $passages }

## 该问的问题

ask-missing = 查明：{ $said }
ask-source = 所缺信息的来源
ask-proof = { $name }能否出具“{ $name2 }”项下的原产地证明？{ $code } 可因此节省 { $money }。
ask-quote = 向{ $economy }询价：选择前得知实际价格，约值 { $money }。
ask-suppliers = { $economy }的供应商

## 缺少的信息

gap-tariff = 未载入{ $economy }税则；请用 `periplus data import FILE` 导入
gap-line = { $said }（{ $economy }）
gap-book = 未载入{ $said }
gap-book-named = 未载入 { $quote }
book-rulepacks = 合规规则包
book-lending = 贷款利率
book-origin = 原产地规则
book-sea = 海运网络

## 到岸成本项目

item-goods = 货款，{ $code } { $economy }
item-price = 在{ $economy }的售价
item-origin-carriage = 至起运港的内陆运费
item-origin-terminal = 起运港码头操作费
item-export-clearance = 出口报关
item-main-carriage = 干线运费
item-main-carriage-way = 干线运费，{ $said }
item-insurance = 货物运输保险
item-destination-terminal = 目的港码头操作费
item-destination-carriage = 至交货地的内陆运费
item-import-clearance = 进口清关
item-customs-duty = 关税
item-customs-duty-no-price = 关税：货价未知
item-additional-duty = 加征关税
item-additional-duty-of = 加征关税 { $quote }
item-safeguard = 保障措施税
item-safeguard-of = 保障措施税 { $quote }
item-anti-dumping = 反倾销税
item-anti-dumping-of = 反倾销税 { $quote }
item-countervailing = 反补贴税
item-countervailing-of = 反补贴税 { $quote }
item-fee = 海关规费
item-fee-of = 海关规费 { $quote }
item-excise = 消费税
item-excise-of = 消费税 { $quote }
item-restriction = 限制
item-restriction-of = 限制 { $quote }
item-prohibition = 禁止
item-prohibition-of = 禁止 { $quote }
item-mpf = 货物处理费（MPF）
item-hmf = 港口维护费（HMF）
item-carbon-border = 碳边境费用
item-import-tax = 进口环节税
item-tax = 进口环节税
item-tax-of = 进口环节税 { $quote }
item-vat = 进口增值税
item-gst = 进口商品及服务税（GST）
item-other-tax = 进口 { $quote }
item-bank-charges = 银行费用
item-bank-charges-of = 银行费用，{ $said }
item-financing = 到货前融资成本
item-financing-of = 融资成本（{ $said }）：至到货为止，含卖方授信
item-hedge = 汇率套保
item-conversion = 货币兑换
item-exchange-other = 对方换汇的点差（{ $code }）
item-exchange = 按银行点差兑换 { $code }
item-forward = { $code } 远期锁汇：升贴水与点差
item-duty-third = 最惠国（第三国）关税 { $quote }
item-duty-relief = 关税 { $code }：小额货物免税
item-duty-preference = 关税 { $code }，优惠税率（{ $name }）
item-duty-suspended = 关税 { $code }，暂停征收
item-duty-quota = 关税 { $code }，配额 { $quote }
item-duty = 关税 { $code }
item-customs-value = 完税价格

## 算式

sum-legs = { $n } 段之和 = { $n2 } kg CO2e
sum-freight = max({ $n }, { $n2 } x ({ $n3 } + { $n4 } km x { $n5 })) USD，按中间费率
sum-rounded = { $quote }，取整 { $money }
sum-less-base = { $quote }，减去基本关税 = { $quote2 }
sum-financing = { $money }，{ $said }，备货 { $n } 天、在途 { $n2 } 天，年利率 { $n3 } %
sum-financing-loan = { $money }，{ $said }，部分由贷款支付，备货 { $n } 天、在途 { $n2 } 天，年利率 { $n3 } %
sum-great-circle = 大圆距离 x { $n } %，与实际距离相差 { $n2 } % 以内（假定）
sum-sea = 海运网络上的最短航线（按允许通行的水道）
sum-fob = { $money }，不含运费和保险费
sum-cif = { $money } + 至边境运费 { $money2 } + 保险费 { $money3 } = { $money4 }
sum-forward = { $money } x（{ $n } 天后汇率 - { $n2 }），年波动率 { $n3 } %
sum-forward-cover = { $money } x { $n } x（升贴水 { $n2 } % + 点差 { $n3 } %）
sum-mean = 平均值：{ $quote }
sum-margin = { $quote } + 假定加点 { $quote2 } = { $quote3 }
sum-same-currency = { $money }，币种相同
sum-days = { $quote } 天 / { $n } = { $money }
sum-credit = { $quote } x 发货至付款天数 / { $n }
sum-log-returns = { $n } 个日对数收益率的标准差 x sqrt({ $n2 })
sum-uplift = { $n } t x GCD { $n2 } km（因子已含 8 % 加成）x { $n3 } = { $n4 } kg CO2e
band-base = { $said } { $n } 个单价（USD/kg）按金额加权的 P10、P50、P90
band-outliers = { $said }，剔除 { $n } 个异常值（对数的修正 z 值绝对值 > { $n2 }），合计 { $n3 } USD
band-unweighed = { $said }，略去 { $n } 个无数量的流量
band-none-own = { $said }；其自身流量均无已知数量
band-mean = 平均单价 { $n } USD / { $n2 } kg = { $n3 }，取自 { $n4 } 个数量已知的流量（不足以自成区间），离散度取自：{ $said }
band-flows = { $said }；{ $n } 年流量，按出口方边境 FOB 计价
band-pooled = { $said }；x { $n }，向世界中位价 { $n2 } USD/kg 靠拢，因为{ $said2 }
band-re-exports = 其出口多为转口他国产品
band-thin = 依据的流量太少
whose-its = 其自身
whose-world = 全球
whose-africa = 非洲
whose-americas = 美洲
whose-asia = 亚洲
whose-europe = 欧洲
whose-oceania = 大洋洲
tariff-line = { $economy }税则，{ $code }
tariff-all = { $economy }税则，所有货物
tariff-not-loaded = { $economy }税则（未载入）
value-unknown = 未知数值
no-price = 价格未知

## 提示：贸易与合规

finding-1701 = 未指明任何当事方，也未作制裁名单筛查；未载入名单。
finding-1701-named = 未作制裁名单筛查：{ $quote }；未载入名单。
hint-1701 = 签约前请筛查卖方、买方、银行、承运人和船舶。
hint-declare = 如属实，请申明 { $code } = { $code2 }。
hint-declare-and = 如属实，请申明 { $code } = { $code2 }。{ $said }
finding-1840 = 该报价有效期至 { $date }。
hint-1840 = 请重新询价。
finding-1841 = 假定买方已登记增值税，进口增值税可抵扣，不计入到岸成本。
hint-1841 = 若未登记，请申明 buyer.vat_registered = no。
finding-1842 = { $economy }与{ $economy2 }同属一个关税区：货物如已在其中自由流通，则无关税。
hint-1842 = 货物如系进口而来，请向卖方索取联盟货物身份证明；增值税由买方申报。
finding-1843 = { $mode }路线 { $name } – { $name2 } 未按路网建模；过境国未知，未核查当地的制裁和保险问题。
hint-1843 = 中欧班列经哈萨克斯坦、俄罗斯和白俄罗斯，或绕行里海：请问承运人走哪条线，并问保险人是否承保。
finding-1844 = { $economy }占该货物世界贸易的 { $n } %，却不在方案之列：{ $said }
hint-1844 = periplus radar why-not { $code }
finding-1845 = 没有规则用到 { $code } 这一事实，故无影响
finding-1845-near = 没有规则用到 { $code } 这一事实，故无影响；是否指 { $code2 }？
hint-1845 = 会用到的事实：{ $quote }。
finding-1304 = { $economy }进口该货物 { $n } USD，出口 { $n2 } USD：其出口中可能有一部分产自他处
hint-1304 = 请向供应商索取生产商信息和原产地证明；关税依原产地而非装货港
finding-1305-none = { $economy }该货物贸易的数量未知，其他经济体亦然：没有基准价
finding-1305 = { $economy }的基准价由模型得出：其自身流量中数量已知者太少
hint-1305 = 请提供报价
finding-1306 = { $economy }的年出口量未知，未检验其供货能力
finding-1303 = 该货物的流量均无已知数量：价格未知

## 提示：海关

finding-1230 = { $said }未知：未载入{ $economy }税则
hint-1230 = `periplus data import FILE`
finding-1231 = { $said }未知：未载入{ $economy }关于其费用构成的规则
hint-1231 = 请添加 valuation 类规则包
finding-1232 = { $said }未知：{ $economy }税则在 { $date } 没有 { $code } 这一税目
hint-1232 = 请核对编码
hint-1232-near = 最接近的税目：{ $quote }
finding-1233 = { $said }未知：{ $economy }税则对 { $code } 写明“{ $quote }”，无法计算（{ $said2 }）
finding-1233-top = { $said }未知：“{ $quote }”只是在另一税目之上加征
hint-1233 = 请自行查阅该税目；并报告原文，以便程序学会
hint-1233-top = 请给出货物本身的编码，而非第 98 或 99 章的编码
finding-1234 = { $said }未知：需要{ $said2 }
finding-1234-part = { $said }未知：需要{ $said2 }
hint-1234-fact = 请申明 `{ $code }`
hint-1234-quantity = 请以 { $quote } 为单位给出数量
hint-1234-rates = 请载入含 { $code } 和 { $code2 } 的海关汇率
hint-1234-value = 请给出货价、运费和保险费
hint-1234-hand = 请人工查询税率
hint-1234-part = 请给出{ $said }
finding-1235 = { $said }未知：未载入{ $economy } { $date } 的税率
hint-1235 = 请将其加入 tax 类规则包
finding-1236 = { $said }未知：其计税基础中有一项关税未知
finding-1237 = { $said }未知：{ $code } 可指 { $n } 个税目中的任何一个
hint-1237 = 请给出 8 位编码
finding-1238 = { $code } 可指{ $economy }税则 { $n } 个税目中的任何一个：{ $list }；{ $said }
finding-1238-more = { $code } 可指{ $economy }税则 { $n } 个税目中的任何一个：{ $list }，另有 { $n2 } 个；{ $said }
line-known = { $code } { $n } { $code2 }
line-unknown = { $code } 未知
lines-same = 应缴税额相同
lines-most = 取应缴最多的 { $code }
lines-shown = 因并非全部已知，列出 { $code }
hint-1238 = 请给出税则的完整编码
finding-1239 = 禁止进口（{ $code }），{ $code2 }：{ $quote }
finding-1239-plain = 禁止进口，{ $code }：{ $quote }
finding-1240 = 进口须有许可证或证书（{ $code }），{ $code2 }：{ $quote }
finding-1240-plain = 进口须有许可证或证书，{ $code }：{ $quote }
finding-1240-bare = 进口须有许可证或证书（{ $code }），{ $code2 }
finding-1239-bare = 禁止进口（{ $code }），{ $code2 }
finding-1241 = 若 { $quote }：则适用 { $code } { $quote2 } “{ $quote3 }”
hint-1241 = 请申明该事实
finding-1242 = { $code } 之下更细的编码上有 { $n } 项针对{ $economy }的加征或贸易救济措施；未计入
finding-1243 = 加征关税取自{ $economy }税则数据册（{ $date }）；此类措施随时可能变动
hint-1243 = 签约前请查阅最新规定
finding-1244 = 假定买方已登记 { $code }，可以抵扣
hint-1244 = 若未登记，请申明 `buyer.vat_registered=no`
finding-1245 = 采用 { $code } 标准税率；该货物如有低税率，此处无从得知
finding-1246-ended = { $economy }的小额货物免税已取消；不予适用
finding-1246 = 整批货值不超过 { $money } 可免关税；未给出整批货值，故不适用
finding-1247 = { $economy }原产货物自{ $economy2 }发运，并申请优惠税率
hint-1247 = 请保存途中未经加工的证明（联运单证或海关证明）
finding-1248 = 运往北爱尔兰且可能流入欧盟的货物须缴欧盟关税
hint-1248 = 请查阅英国内部市场计划（UKIMS）
finding-1249 = { $economy }税则为 { $date } 版；查询日为 { $date2 }
hint-1249 = 请用 `periplus data import FILE` 导入更新的版本
need-value = 完税价格
need-quantity = 以 { $quote } 计的数量
need-rate = { $code } 对 { $code2 } 的海关汇率
need-fact = 事实 `{ $code }`
need-component = 另表列出的 { $quote } 成分
need-season = 本月适用的季节性税率
need-small = 可供计算的数值
part-freight = 至边境的运费
part-first = 至首个目的地的运费
part-mode = 运输方式
part-insurance = 保险费
error-1204-empty = 税率文本为空
error-1204-long = 税率文本长 { $n } 字节；最多读取 { $n2 } 字节
error-1204-terms = 税率文本超过 { $n } 项
error-1204-read = 税率文本自“{ $quote }”起无法识别
error-1204-unit = “{ $quote }”既无百分号也无单位，后文亦未说明
prove-forms = 原产地证明：{ $quote }
prove-form = 协定要求格式的原产地证明
prove-rule-unknown = 货物符合协定的原产地规则（该规则未载入）
prove-rule = 货物符合原产地规则：{ $quote }
prove-direct = 货物在途中未经加工

## 提示：资金

finding-1511 = 汇率 { $code } 为 { $date } 的数据，早于 { $date2 } { $n } 天。
hint-1511 = 请用 `periplus data import rates FILE` 载入新汇率，或直接申明。
finding-1512-mean = { $economy }近期贷款利率未知；采用 { $n } 个欧元区成员国的平均值。
finding-1512-margin = { $economy }近期贷款利率未知；采用政策利率加假定加点。
finding-1512-old = { $economy }贷款利率为 { $n } 年数据，早于 { $date } { $n2 } 年。
hint-1512 = 请用 { $code } 申明贵方自己的利率。
finding-1513 = 远期汇率 { $code } 依据贷款利率推算，其中含银行利差。
hint-1513 = 采用前请向银行询取远期报价。
finding-1514 = 以 { $code } 计的成本在 { $n } 天内随 { $code2 } 波动。
finding-1515 = 汇率风险成本未知：{ $said }
finding-1516 = { $code } 要求投保 ICC (A)；ICC (C) 低于卖方的投保义务。
finding-1521 = { $n } % 在发货前支付，仅凭卖方信用。
hint-1521 = 请要求卖方银行出具预付款保函。
finding-1522-confirming = 保兑行付款取决于单证相符，与货物无关。
finding-1522-issuing = 开证行付款取决于单证相符，与货物无关。
finding-1523 = 银行只传递单据和款项，不承诺付款。
finding-1524 = 卖方凭买方信用赊销；新供应商可能拒绝，或投保信用险。
finding-1530 = 该币种的银行费用未知：{ $said }
finding-1533 = { $said }所在的{ $economy }列于 FATF“呼吁采取行动”的高风险辖区名单。
hint-1533 = 签约前请先问银行；多数银行会拒绝。
finding-1534 = 银行会审查或拒绝与{ $said }所在{ $economy }的收付款。
hint-1534 = 签约前请先问银行。
finding-1535 = { $said }所在的{ $economy }实行外汇管制；银行会要求合同、发票和报关单。
finding-1536 = 付款报文中的地址须为结构化或混合格式，城市和国家单列字段。
side-buyer = 买方
side-seller = 卖方

## 提示：碳排放

finding-1601 = 没有“{ $code }”（{ $mode }）的排放因子，“{ $quote }”的排放未知。
hint-1601 = 已知类别：{ $quote }。
hint-1601-near = 是否指“{ $code }”？
finding-1602 = “{ $quote }”的距离未知，排放亦未知。
finding-1603 = 未给出运输段，排放未知。
finding-1604 = 码头和仓库（ISO 14083 枢纽作业）未计入：未载入其排放因子。
finding-1605 = 未载入 { $code } 的公开排放因子；货物本身的碳足迹未知。
finding-1605-price = { $code } 的碳足迹只能按金额估算，而价格未知。
hint-1605 = 请向供应商索取产品碳足迹（ISO 14067）。
hint-1605-price = 请给出价格。
finding-1606 = 碳足迹为美国行业按金额的平均值，并非该生产商的数据。
finding-1606-other = 碳足迹为美国行业按金额的平均值；{ $economy }产品可能相差数倍。
## 合规规则包

rule-cd-cobalt-1 = 刚果（金）曾暂停钴出口。
rule-cd-cobalt-2 = 刚果（金）钴出口须在出口商配额之内。
rule-cd-cobalt-hint = 请向供应商索取其当季 ARECOMS 配额。
rule-cn-antimony-1 = 中国对锑矿和锑金属实行出口许可管理。
rule-cn-antimony-2 = 中国对纯度 99.99 % 及以上的氧化锑实行出口许可管理。
rule-cn-licence-hint = 请向供应商索取出口许可证，并了解其所需的最终用户证明。
rule-cn-us-ban = 中国原则上不许可该货物对美国出口。
rule-cn-us-ban-suspended = 中国对美国出口该货物的禁令曾暂停实施至 2026 年 11 月 27 日；此后是否恢复，本版未载。
rule-cn-notices-hint = 请询问供应商并查阅商务部公告。
rule-cn-gallium = 中国对镓和锗实行出口许可管理。
rule-cn-graphite-1 = 中国对天然鳞片石墨实行出口许可管理。
rule-cn-graphite-2 = 中国对高纯度、高强度、高密度人造石墨及鳞片石墨制品实行出口许可管理。
rule-cn-graphite-below = 已申明低于纯度、强度和密度限值；须由出口商证明。
rule-cn-rare-1 = 中国对含镝、铽或钐的永磁体实行出口许可管理；发货前须取得许可证。
rule-cn-rare-1-hint = 请向供应商索取成分、出口许可证，并了解其所需的最终用户证明。
rule-cn-rare-1-free = 已申明不含镝、铽：若亦非钐钴磁体，则无需第 18 号公告的许可证；出口商须向中国海关证明成分。
rule-cn-rare-2 = 中国对钐、钆、铽、镝、镥、钪、钇的金属、合金和化合物实行出口许可管理。
rule-cn-rare-2-hint = 请向供应商索取成分和出口许可证。
rule-cn-rare-2-free = 已申明不含所列稀土；须由出口商证明成分。
rule-cn-rare-3 = 中国 2025 年 10 月的出口管制（更多稀土、锂电池、石墨负极、含中国稀土的境外制品）暂停实施至 2026 年 11 月 10 日；此后是否恢复，本版未载。
rule-cn-tungsten = 中国对一定纯度和形态的钨、铋、钼物项实行出口许可管理。
rule-cn-tungsten-hint = 请问供应商该货物是否属第 10 号公告范围，并索取许可证。
rule-cn-tungsten-out = 已申明不在第 10 号公告范围内；须由出口商证明。
rule-eu-russia-steel = 欧盟禁止进口原产于或来自俄罗斯的钢铁。
rule-eu-russia-aluminium-quota = 原产于或来自俄罗斯的原铝只能在过渡配额内进入欧盟。
rule-eu-russia-aluminium-hint = 请向海关查询贵方合同的配额是否仍可用。
rule-eu-russia-aluminium = 欧盟禁止进口原产于或来自俄罗斯的原铝。
rule-eu-russia-coal = 欧盟禁止进口原产于或来自俄罗斯的煤炭。
rule-eu-russia-many = 许多俄罗斯货物不得进口到欧盟，按 CN 编码清单执行。
rule-eu-russia-many-hint = 签约前请在条例附件中查对编码。
rule-russia-steel-elsewhere = 在他国用俄罗斯钢铁加工的钢铁制品不得进口。
rule-eu-russia-mill-hint = 进口时须备有钢厂质量证明书。
rule-eu-russia-free = 已申明不含俄罗斯钢材；进口时须提供投入料原产地证据。
rule-gb-russia-steel = 英国禁止进口原产于或来自俄罗斯的钢铁。
rule-gb-russia-metals = 英国禁止进口原产于或来自俄罗斯的金属。
rule-gb-russia-coal = 英国禁止进口原产于或来自俄罗斯的煤炭。
rule-gb-russia-many = 许多俄罗斯货物不得进口到英国，按商品编码清单执行。
rule-gb-russia-many-hint = 签约前请在附表 3B 至 3H 中查对编码。
rule-gb-russia-mill-hint = 请保存载明熔炼地的钢厂质量证明书。
rule-gb-russia-free = 已申明不含俄罗斯钢材；请保存钢厂质量证明书。
rule-id-nickel = 印度尼西亚禁止镍矿出口。
rule-id-nickel-hint = 请采购加工后的镍产品，或他国矿石。
rule-id-bauxite = 印度尼西亚禁止铝土矿出口。
rule-id-bauxite-hint = 请采购氧化铝，或他国铝土矿。
rule-dg-lithium = 锂离子电池属第 9 类危险货物，UN 3480 或 UN 3481。
rule-dg-lithium-hint = 请索取 UN 38.3 测试概要，并按《国际危规》（IMDG）或 ICAO《技术细则》包装和制单。
rule-dg-lithium-air = 单独运输的锂离子电池只能由货机承运，荷电状态不超过 30 %。
rule-dg-magnets = 磁体空运属 UN 2807，除非已屏蔽；距 4.6 m 处超过 0.00525 高斯者不得空运。
rule-dg-magnets-hint = 请向托运人索取包装后的磁场检测报告。
rule-dg-magnets-below = 已申明距 2.1 m 处低于 0.002 高斯：不受限制；请随附检测报告。
rule-dg-silicon = 非晶硅粉属 UN 1346，第 4.1 类；块状硅不属危险货物。
rule-dg-magnesium = 镁粉属 UN 1418，镁粒、镁屑、镁带属 UN 1869；镁锭不属危险货物。
rule-dg-bulk = 散装运输须按 IMSBC 规则申报，并检测水分或温度。
rule-to-russia-eu = 多数工业品未经许可不得自欧盟出口到俄罗斯，按编码清单执行。
rule-to-russia-gb = 多数工业品未经许可不得自英国出口到俄罗斯，按编码清单执行。
rule-to-russia-us = 多数工业品未经许可不得自美国出口到俄罗斯，按编码清单执行。
rule-to-russia-hint = 请在清单中查对编码，并咨询律师。
rule-iran = 对伊朗贸易受安理会恢复的制裁以及欧盟等方的制裁约束。
rule-iran-hint = 签约前请咨询律师、银行和保险人。
rule-kp-from = 安理会禁止从朝鲜进口该货物。
rule-kp-to = 安理会禁止向朝鲜供应该货物。
rule-kp = 对朝鲜贸易受安理会禁运，例外极少。
rule-kp-hint = 请咨询主管机关；银行会拒绝。
rule-transit = 路线经过受制裁的经济体：清单货物禁止过境，保险人可能拒保。
rule-transit-hint = 请另选路线，或询问承运人和保险人。
rule-us-forced-1 = 中国的硅基产品、棉花和番茄属重点执法行业：任何部分来自新疆即禁止进口。
rule-us-forced-1-hint = 请将供应链追溯至原料（石英、工业硅）。
rule-us-forced-free = 已申明不含新疆投入料且不涉及清单实体；CBP 可要求提供全链条证明。
rule-us-forced-2 = 中国的铝、PVC 和海产品属重点执法行业：任何部分来自新疆即禁止进口。
rule-us-forced-2-hint = 请将供应链追溯至原料。
rule-us-forced-3 = 中国的钢铁、锂、铜和烧碱属重点执法行业：任何部分来自新疆即禁止进口。
rule-us-forced-4 = 任何部分来自新疆或清单实体的货物禁止进口。
rule-us-iran-from = 美国禁止从伊朗进口。
rule-us-iran-to = 美国禁止对伊朗出口。
rule-us-cuba-from = 美国禁止从古巴进口。
rule-us-cuba-to = 美国禁止未经许可对古巴出口。
rule-us-russia-coal = 美国禁止进口俄罗斯原产的煤炭、石油和天然气。
rule-us-russia-metals = 美国禁止进口 2024 年 4 月 13 日及之后生产的俄罗斯原产铝、铜、镍。
rule-us-russia-before = 已申明产于 2024 年 4 月 13 日之前；须由进口商证明。
rule-us-russia = 对俄罗斯贸易受美国广泛制裁。
rule-us-russia-hint = 签约前请咨询律师。

## 句中的错误信息

error-full = PRP-{ $n }：{ $said }；{ $said2 }
error-bare = PRP-{ $n }：{ $said }
error-line = 第 { $n } 行：{ $said }
error-1102 = { $list }关闭时，{ $name } 至 { $name2 } 没有海运路线
mend-1102 = 请开放某一水道或改用其他运输方式
error-1103 = { $name } 距最近的航线 { $n } 公里，超过 { $n2 } 公里
mend-1103 = 请给出沿海港口
error-1108 = { $name }（{ $economy }）的位置未知
error-1108-place = { $name } 的位置未知
mend-1108 = 请给出其 UN/LOCODE 或坐标
passage-none = 没有水道
