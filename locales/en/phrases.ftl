# Sentences of the engines, as the phrasebook recognises them. What stands here must be what the engine writes, to the letter. The name of an argument says what it holds: n a number, money an amount with its currency, date, code, economy, mode, name, quote words of somebody else, said another sentence, list and semis several parted by commas or semicolons.

## Ways and routes

way-1 = { $mode } { $name } - { $name2 }
way-2 = { $mode } { $name } - { $name2 }, { $mode2 } to { $name3 }
way-3 = { $mode } { $name } - { $name2 }, { $mode2 } to { $name3 }, { $mode3 } to { $name4 }
way-4 = { $mode } { $name } - { $name2 }, { $mode2 } to { $name3 }, { $mode3 } to { $name4 }, { $mode4 } to { $name5 }
way-5 = { $mode } { $name } - { $name2 }, { $mode2 } to { $name3 }, { $mode3 } to { $name4 }, { $mode4 } to { $name5 }, { $mode5 } to { $name6 }
way-of = { $name } by { $said }
route-mode = { $mode }
route-pair = { $mode } { $code }-{ $code2 }
route-pair-without = { $mode } { $code }-{ $code2 } without { $name }
route-transshipment = transshipment { $code }-{ $code2 }
route-key-1 = { $mode }:{ $quote }
route-key-2 = { $mode }:{ $quote }+{ $mode2 }:{ $quote2 }
route-key-3 = { $mode }:{ $quote }+{ $mode2 }:{ $quote2 }+{ $mode3 }:{ $quote3 }
route-key-4 = { $mode }:{ $quote }+{ $mode2 }:{ $quote2 }+{ $mode3 }:{ $quote3 }+{ $mode4 }:{ $quote4 }
choice-in-currency = { $said } in { $code }
path-sepa = SEPA credit transfer (ISO 20022 pacs.008)
path-swift = correspondent banks over Swift (pacs.008 under CBPR+, formerly MT103)
path-cips = renminbi through CIPS participants (pacs.008)
path-domestic = domestic transfer
rate-free = Free

## What became of what is not shown

out-slower = { $n } days, slower than the { $n2 } sea options kept
out-hub-detour = by way of the best of the great hubs it is { $n } km, over { $n2 } times the direct way
out-no-hub = no hub lies between
out-no-port = no port within reach of origin or destination
out-no-airport = no airport within { $n } km of origin or destination
out-one-airport = both ends use the airport { $code }
out-same-place = origin and destination are the same place
out-no-land = no land joins { $economy } and { $economy2 }
out-too-far-road = { $n } km, farther than trucks go ({ $n2 } km)
out-rail-range = { $n } km is outside the range of rail ({ $n2 } to { $n3 } km)
out-no-railway = no through freight railway is known between { $economy } and { $economy2 }
out-no-way = no way is known
out-mode = by { $mode }, which the need does not allow
out-asking = { $economy }: it is the asking economy itself
out-not-asked = { $economy }: not among the economies asked for
out-refused = { $economy }: among the economies refused
out-unspecified = { $economy }: an area that the source does not specify
out-capacity-kg = { $economy }: capacity evidence: { $n } kg is more than { $n2 } % of its yearly { $n3 } kg
out-capacity-usd = { $economy }: capacity evidence: the need is worth { $n } USD at the world's median price, more than { $n2 } % of its yearly { $n3 } USD
out-minimum = the minimum order is { $n } kg, the need { $n2 } kg
out-carbon = { $n } kg CO2e, the limit is { $n2 }
out-late = { $n } days in { $n2 } % of cases (middle { $n3 }); { $n4 } days are left
out-late-terms = { $n } days with the quickest terms of payment are in time, { $n2 } days being left; terms that start later (a letter of credit to open, an advance to wait for) are not
out-costs = costs { $money } or more before payment
out-beaten-by = beaten on every axis, by { $said } with { $said2 } (cost { $money }, { $n } days)
out-beaten = beaten on every axis
out-like = like { $code }: same supplier, corridor and kind of payment
out-beyond = stands, but others come first; ask for more plans or more for each origin
out-sepa-cheaper = SEPA reaches both banks for less
out-outside-sepa = one of the two banks is outside SEPA
out-not-deliverable = the currency is not delivered outside its own economy
out-third-currency = the currency is neither side's, and third parties do not invoice in it
out-within = documentary credits and collections are for trade between economies

## What would put another plan first

flip-price = price of { $economy } up by { $n } %: then { $code } costs less
flip-freight = freight of { $economy } up by { $n } %: then { $code } costs less
flip-duty = duty on { $economy } up by { $n } points of the goods' value: then { $code } costs less
flip-deadline = a deadline before { $date }: then { $code } is in time and this is not
flip-price-down = price of { $economy } down by { $n } %: then it costs less than { $code }

## The smallest changes that would make a plan possible

widen-deadline = a deadline of { $date }, { $n } days later
widen-cost = a limit of cost of { $money } instead of { $money2 }
widen-carbon = a limit of carbon of { $n } kg CO2e instead of { $n2 }
widen-certainty = { $n } % certainty of being on time instead of { $n2 } %
widen-air-part = allow air for a part: by sea alone the first goods are there on { $date }, not by { $date2 }; the rest may follow by sea on { $date3 }
widen-split = { $n } kg by air from { $economy }, there on { $date }; the other { $n2 } kg by { $mode } from { $economy2 }, there on { $date2 }; about { $money } before payment
widen-origin = admit the economies that the need leaves out
widen-mode = admit other modes than { $list }
widen-passage = open { $passages }

## Questions

ask-missing = Find out: { $said }
ask-source = the source of the missing fact
ask-proof = Can { $name } prove origin under { $name2 }? It would save { $money } on { $code }.
ask-quote = Ask for a quote from { $economy }: knowing the real price before choosing is worth about { $money }.
ask-suppliers = suppliers in { $economy }

## Facts not found

gap-tariff = tariff of { $economy } is not loaded; load it with `periplus data import FILE`
gap-line = { $said } ({ $economy })
gap-book = no { $said } loaded
gap-book-named = no { $quote } loaded
book-rulepacks = rulepacks of compliance
book-lending = lending rates
book-origin = rules of origin
book-sea = sea network

## Lines of a landed cost

item-goods = Goods, { $code } { $economy }
item-price = Price got in { $economy }
item-origin-carriage = Carriage to the port of departure
item-origin-terminal = Terminal handling at departure
item-export-clearance = Export clearance
item-main-carriage = Main carriage
item-main-carriage-way = Main carriage: { $said }
item-insurance = Cargo insurance
item-destination-terminal = Terminal handling at arrival
item-destination-carriage = Carriage to the place of delivery
item-import-clearance = Import clearance
item-customs-duty = Customs duty
item-customs-duty-no-price = Customs duty: the goods have no known price
item-additional-duty = Additional duty
item-additional-duty-of = Additional duty { $quote }
item-safeguard = Safeguard duty
item-safeguard-of = Safeguard duty { $quote }
item-anti-dumping = Anti-dumping duty
item-anti-dumping-of = Anti-dumping duty { $quote }
item-countervailing = Countervailing duty
item-countervailing-of = Countervailing duty { $quote }
item-fee = Customs fee
item-fee-of = Customs fee { $quote }
item-excise = Excise
item-excise-of = Excise { $quote }
item-restriction = Restriction
item-restriction-of = Restriction { $quote }
item-prohibition = Prohibition
item-prohibition-of = Prohibition { $quote }
item-mpf = Merchandise processing fee
item-hmf = Harbor maintenance fee
item-carbon-border = Carbon border charge
item-import-tax = Import tax
item-tax = Tax on import
item-tax-of = Tax on import { $quote }
item-vat = VAT on import
item-gst = GST on import
item-other-tax = { $quote } on import
item-bank-charges = Bank charges
item-bank-charges-of = Bank charges: { $said }
item-financing = Financing until arrival
item-financing-of = Financing, { $said }: until arrival, and the seller's credit
item-hedge = Currency hedge
item-conversion = Currency conversion
item-exchange-other = Margin for the exchange that the other side makes ({ $code })
item-exchange = Exchange of { $code } at the bank's margin
item-forward = Forward cover of { $code }: points and margin
item-duty-third = Third-country duty { $quote }
item-duty-relief = Duty { $code }: free as a small consignment
item-duty-preference = Duty { $code }, preference { $name }
item-duty-suspended = Duty { $code }, suspended
item-duty-quota = Duty { $code }, quota { $quote }
item-duty = Duty { $code }
item-customs-value = The customs value

## Formulas

sum-legs = sum of { $n } legs = { $n2 } kg CO2e
sum-freight = max({ $n }, { $n2 } x ({ $n3 } + { $n4 } km x { $n5 })) USD at the middle rate
sum-rounded = { $quote }, rounded { $money }
sum-less-base = { $quote } less the base duty = { $quote2 }
sum-financing = { $money } by { $said }, { $n } days to shipment and { $n2 } under way, at { $n3 } % a year
sum-financing-loan = { $money } by { $said } with a loan for part of it, { $n } days to shipment and { $n2 } under way, at { $n3 } % a year
sum-great-circle = great circle x { $n } %, within { $n2 } % of real distances (assumed)
sum-sea = shortest way on the sea network, passages as allowed
sum-fob = { $money } without carriage and insurance
sum-cif = { $money } + { $money2 } freight to the border + { $money3 } insurance = { $money4 }
sum-forward = { $money } x (rate in { $n } days - { $n2 }), volatility { $n3 } % a year
sum-forward-cover = { $money } x { $n } x (points { $n2 } % + spread { $n3 } %)
sum-mean = mean of { $quote }
sum-margin = { $quote } + { $quote2 } assumed margin = { $quote3 }
sum-same-currency = { $money }, same currency
sum-days = { $quote } days / { $n } = { $money }
sum-credit = { $quote } x days from shipment to payment / { $n }
sum-log-returns = standard deviation of { $n } daily log returns x sqrt({ $n2 })
sum-uplift = { $n } t x GCD { $n2 } km, 8 % uplift in the factor x { $n3 } = { $n4 } kg CO2e
band-base = value-weighted P10, P50, P90 of { $said } { $n } unit values in USD/kg
band-outliers = { $said }, { $n } outliers (|modified z| of the logarithm > { $n2 }) worth { $n3 } USD set aside
band-unweighed = { $said }, { $n } without quantity left out
band-none-own = { $said }; no flow of its own has a known quantity
band-mean = mean unit value { $n } USD / { $n2 } kg = { $n3 } over { $n4 } flows of known quantity (too few for a band of their own), spread as { $said }
band-flows = { $said }; { $n } flows valued FOB at the exporter's border
band-pooled = { $said }; x { $n }, drawn towards the world's median { $n2 } USD/kg because { $said2 }
band-re-exports = it ships on what others made
band-thin = it rests on few flows
whose-its = its
whose-world = the world's
whose-africa = Africa's
whose-americas = Americas's
whose-asia = Asia's
whose-europe = Europe's
whose-oceania = Oceania's
tariff-line = tariff of { $economy }, { $code }
tariff-all = tariff of { $economy }, all goods
tariff-not-loaded = tariff of { $economy } (not loaded)
value-unknown = unknown value
no-price = no price is known

## Findings: trade and compliance

finding-1701 = No party is named, and none is screened against sanctions lists; no list is loaded.
finding-1701-named = Not screened: { $quote } against sanctions lists; no list is loaded.
hint-1701 = Screen seller, buyer, banks, carrier and vessel before anything is signed.
hint-declare = Declare the fact { $code } = { $code2 } if that is so.
hint-declare-and = Declare the fact { $code } = { $code2 } if that is so. { $said }
finding-1840 = The quote was valid until { $date }.
hint-1840 = Ask for a new one.
finding-1841 = The buyer is taken to be registered for VAT, so import VAT comes back and is not in the landed cost.
hint-1841 = Declare buyer.vat_registered = no if it is not.
finding-1842 = { $economy } and { $economy2 } are one customs territory: no duty, if the goods are in free circulation there.
hint-1842 = Ask the seller for proof of Union status when the goods were imported; VAT is accounted for by the buyer.
finding-1843 = The { $mode } route { $name } - { $name2 } is modelled without a network; the countries of transit are not known, and neither sanctions nor insurance there are looked at.
hint-1843 = Between China and Europe trains run through Kazakhstan, Russia and Belarus, or round them over the Caspian: ask the carrier which, and the insurer whether.
finding-1844 = { $economy } holds { $n } % of the world's trade in these goods and is not among the plans: { $said }
hint-1844 = periplus radar why-not { $code }
finding-1845 = No rule asks for the fact { $code }, so it changes nothing
finding-1845-near = No rule asks for the fact { $code }, so it changes nothing; did you mean { $code2 }?
hint-1845 = Facts that are asked for: { $quote }.
finding-1304 = { $economy } imports these goods for { $n } USD and exports them for { $n2 } USD: part of what it ships may have been made elsewhere
hint-1304 = ask the supplier for the producer and proof of origin; duty follows origin, not the port of loading
finding-1305-none = no quantity is known for { $economy }'s trade in these goods nor for anyone's: there is no benchmark price
finding-1305 = the benchmark price of { $economy } is modelled: too few of its own flows have a known quantity
hint-1305 = bring a quote
finding-1306 = the yearly quantity of { $economy } is unknown, so its capacity is not tested
finding-1303 = no flow of the goods has a known quantity: the price is unknown

## Findings: customs

finding-1230 = { $said } is not known: tariff of { $economy } not loaded
hint-1230 = `periplus data import FILE`
finding-1231 = { $said } is not known: no rule of { $economy } is loaded that says which costs belong to it
hint-1231 = add a rulepack of the kind valuation
finding-1232 = { $said } is not known: the tariff of { $economy } has no line for { $code } on { $date }
hint-1232 = check the code
hint-1232-near = nearest lines: { $quote }
finding-1233 = { $said } is not known: the tariff of { $economy } says '{ $quote }' of { $code }, which cannot be counted ({ $said2 })
finding-1233-top = { $said } is not known: '{ $quote }' only adds to the duty of another line
hint-1233 = read the tariff line yourself; report the text so that it can be taught
hint-1233-top = give the code of the goods themselves, not of chapter 98 or 99
finding-1234 = { $said } is not known: it takes { $said2 }
finding-1234-part = { $said } is not known: it takes the { $said2 }
hint-1234-fact = declare `{ $code }`
hint-1234-quantity = give the quantity in { $quote }
hint-1234-rates = load customs exchange rates that hold { $code } and { $code2 }
hint-1234-value = give price, freight and insurance
hint-1234-hand = look the duty up by hand
hint-1234-part = give the { $said }
finding-1235 = { $said } is not known: no rate of { $economy } on { $date } is loaded
hint-1235 = add it to the rulepack of the kind tax
finding-1236 = { $said } is not known, as a duty it is charged on is not
finding-1237 = { $said } is not known: { $code } means any of { $n } lines
hint-1237 = give eight digits
finding-1238 = { $code } means any of { $n } lines of the tariff of { $economy }: { $list }; { $said }
finding-1238-more = { $code } means any of { $n } lines of the tariff of { $economy }: { $list } and { $n2 } more; { $said }
line-known = { $code } { $n } { $code2 }
line-unknown = { $code } unknown
lines-same = all owe the same
lines-most = { $code } is taken, which owes most
lines-shown = { $code } is shown, as not all of them are known
hint-1238 = give the full code of the tariff
finding-1239 = Import prohibition { $code } on { $code2 }: { $quote }
finding-1239-plain = Import prohibition on { $code }: { $quote }
finding-1240 = Import needs a licence or certificate { $code } on { $code2 }: { $quote }
finding-1240-plain = Import needs a licence or certificate on { $code }: { $quote }
finding-1240-bare = Import needs a licence or certificate { $code } on { $code2 }:
finding-1239-bare = Import prohibition { $code } on { $code2 }:
finding-1241 = If { $quote }: { $code } { $quote2 } '{ $quote3 }' would hold
hint-1241 = declare the fact
finding-1242 = { $n } additional or trade-remedy measures against { $economy } stand on longer codes below { $code }; they are not counted
finding-1243 = Additional duties are those of the tariff book of { $economy } ({ $date }); they change at short notice
hint-1243 = look up the latest before you commit
finding-1244 = The buyer is taken to be registered for { $code }, and to get it back
hint-1244 = declare `buyer.vat_registered=no` if it is not
finding-1245 = The standard rate of { $code } is taken; a reduced rate for these goods would not be known here
finding-1246-ended = The relief of { $economy } for small consignments has ended; none is taken
finding-1246 = A whole consignment of at most { $money } would be free of duty; the worth of the consignment is not given, so no relief is taken
finding-1247 = Preference is claimed on goods of { $economy } dispatched from { $economy2 }
hint-1247 = keep proof that they were not altered on the way (single transport document or customs certificate)
finding-1248 = Goods for Northern Ireland that are at risk of moving on into the European Union owe the EU duty
hint-1248 = check the UK Internal Market Scheme
finding-1249 = The tariff of { $economy } is of { $date }; the day asked for is { $date2 }
hint-1249 = `periplus data import FILE` with a newer one
need-value = the customs value
need-quantity = the quantity in { $quote }
need-rate = the customs exchange rate from { $code } to { $code2 }
need-fact = the fact `{ $code }`
need-component = the component { $quote }, which another table gives
need-season = which of the seasonal rates holds in this month
need-small = a number small enough to count with
part-freight = freight to the border
part-first = carriage to the first destination
part-mode = mode of transport
part-insurance = insurance
error-1204-empty = the duty text is empty
error-1204-long = the duty text is { $n } bytes long; at most { $n2 } are read
error-1204-terms = the duty text has more than { $n } terms
error-1204-read = the duty text cannot be read from '{ $quote }' on
error-1204-unit = '{ $quote }' has neither percent sign nor unit, and no later term says which
prove-forms = proof of origin: { $quote }
prove-form = proof of origin in the form the agreement asks
prove-rule-unknown = that the goods originate under the rule of the agreement, which is not loaded
prove-rule = that the goods meet the rule of origin: { $quote }
prove-direct = that the goods were not altered on the way

## Findings: money

finding-1511 = The exchange rate { $code } is of { $date }, { $n } days before { $date2 }.
hint-1511 = Load newer rates with `periplus data import rates FILE`, or state one as a fact.
finding-1512-mean = No recent lending rate is known for { $economy }; the mean of { $n } euro-area members is used.
finding-1512-margin = No recent lending rate is known for { $economy }; the key rate plus an assumed margin is used.
finding-1512-old = The lending rate of { $economy } is of { $n }, { $n2 } years before { $date }.
hint-1512 = State your own rate as fact '{ $code }'.
finding-1513 = The forward rate { $code } rests on lending rates, which hold banks' margins.
hint-1513 = Ask a bank for a forward quote before relying on it.
finding-1514 = The cost in { $code } moves with { $code2 } for { $n } days.
finding-1515 = The cost of the currency risk is not known: { $said }
finding-1516 = { $code } asks for ICC (A); ICC (C) covers less than the seller owes.
finding-1521 = { $n } % is paid before shipment, on the seller's word.
hint-1521 = Ask for an advance payment guarantee of the seller's bank.
finding-1522-confirming = Payment by the confirming bank depends on documents that comply, not on the goods.
finding-1522-issuing = Payment by the issuing bank depends on documents that comply, not on the goods.
finding-1523 = Banks pass on documents and money; none of them promises payment.
finding-1524 = The seller gives credit on the buyer's word; a new supplier may refuse or insure it.
finding-1530 = Bank charges in this currency are not known: { $said }
finding-1533 = The { $said }'s economy, { $economy }, is on the FATF list of high-risk jurisdictions subject to a call for action.
hint-1533 = Ask the bank before anything is signed; most banks refuse.
finding-1534 = Banks examine or refuse payments with { $economy }, the { $said }'s economy.
hint-1534 = Ask the bank before anything is signed.
finding-1535 = { $economy }, the { $said }'s economy, controls payments abroad; its bank asks for contract, invoice and customs declaration.
finding-1536 = Postal addresses in the payment must be structured or hybrid, with town and country in their own fields.
side-buyer = buyer
side-seller = seller

## Findings: carbon

finding-1601 = No factor is known for '{ $code }' by { $mode }, so the emissions of '{ $quote }' are not.
hint-1601 = Known classes: { $quote }.
hint-1601-near = Did you mean '{ $code }'?
finding-1602 = The distance of '{ $quote }' is not known, so its emissions are not.
finding-1603 = No leg is given, so the emissions are not known.
finding-1604 = Terminals and warehouses (hub operations of ISO 14083) are not counted: no factor for them is loaded.
finding-1605 = No open factor is loaded for { $code }; the goods' own footprint is not known.
finding-1605-price = The footprint of { $code } is known by spending only, and the price is not known.
hint-1605 = Ask the supplier for a product carbon footprint (ISO 14067).
hint-1605-price = State a price.
finding-1606 = The footprint is an average of a US industry by spending, not of this maker.
finding-1606-other = The footprint is an average of a US industry by spending; goods made in { $economy } may differ several times over.
## Rulepacks of compliance

rule-cd-cobalt-1 = Exports of cobalt from the Democratic Republic of the Congo were stopped.
rule-cd-cobalt-2 = Cobalt leaves the Democratic Republic of the Congo only within the exporter's quota.
rule-cd-cobalt-hint = Ask the supplier for its ARECOMS quota of the quarter.
rule-cn-antimony-1 = China licenses the export of antimony ore and metal.
rule-cn-antimony-2 = China licenses the export of antimony oxide of 99.99 % and more.
rule-cn-licence-hint = Ask the supplier for the export licence and the end-user certificate it needs from you.
rule-cn-us-ban = China did not in principle license exports of these goods to the United States.
rule-cn-us-ban-suspended = The suspension of China's ban on licences for exports of these goods to the United States ran until 27 November 2026; whether the ban applies again is not in this edition.
rule-cn-notices-hint = Ask the supplier and read the notices of the Ministry of Commerce.
rule-cn-gallium = China licenses the export of gallium and germanium.
rule-cn-graphite-1 = China licenses the export of natural flake graphite.
rule-cn-graphite-2 = China licenses the export of artificial graphite of high purity, strength and density, and of products of flake graphite.
rule-cn-graphite-below = Declared below the limits for purity, strength and density; the exporter must prove it.
rule-cn-rare-1 = China licenses the export of permanent magnets that hold dysprosium, terbium or samarium; the licence must be in hand before shipment.
rule-cn-rare-1-hint = Ask the supplier for composition, export licence and the end-user certificate it needs from you.
rule-cn-rare-1-free = Declared free of dysprosium and terbium: no licence by Announcement No. 18, if they are not samarium-cobalt either; the exporter must prove the composition to China's customs.
rule-cn-rare-2 = China licenses the export of samarium, gadolinium, terbium, dysprosium, lutetium, scandium and yttrium, as metals, alloys and compounds.
rule-cn-rare-2-hint = Ask the supplier for composition and export licence.
rule-cn-rare-2-free = Declared free of the listed rare earths; the exporter must prove the composition.
rule-cn-rare-3 = The suspension of China's export controls of October 2025 (further rare earths, lithium batteries, graphite anodes, goods made abroad with Chinese rare earths) ran until 10 November 2026; whether they apply again is not in this edition.
rule-cn-tungsten = China licenses the export of tungsten, bismuth and molybdenum items within limits of purity and form.
rule-cn-tungsten-hint = Ask the supplier whether Announcement No. 10 covers the goods, and for the licence.
rule-cn-tungsten-out = Declared outside the limits of Announcement No. 10; the exporter must prove it.
rule-eu-russia-steel = The European Union bars iron and steel of Russian origin or from Russia.
rule-eu-russia-aluminium-quota = Primary aluminium of Russian origin or from Russia enters the European Union only within transitional quotas.
rule-eu-russia-aluminium-hint = Ask the customs authority whether the quota of your contract is open.
rule-eu-russia-aluminium = The European Union bars primary aluminium of Russian origin or from Russia.
rule-eu-russia-coal = The European Union bars coal of Russian origin or from Russia.
rule-eu-russia-many = Many goods from Russia may not be imported into the European Union, by lists of CN codes.
rule-eu-russia-many-hint = Look the code up in the annexes of the regulation before anything is signed.
rule-russia-steel-elsewhere = Iron and steel made elsewhere from Russian iron and steel may not be imported.
rule-eu-russia-mill-hint = Have the mill test certificate at import.
rule-eu-russia-free = Declared free of Russian steel; evidence of the origin of the inputs is asked for at import.
rule-gb-russia-steel = The United Kingdom bars iron and steel of Russian origin or from Russia.
rule-gb-russia-metals = The United Kingdom bars metals of Russian origin or from Russia.
rule-gb-russia-coal = The United Kingdom bars coal of Russian origin or from Russia.
rule-gb-russia-many = Many goods from Russia may not be imported into the United Kingdom, by lists of commodity codes.
rule-gb-russia-many-hint = Look the code up in Schedules 3B to 3H before anything is signed.
rule-gb-russia-mill-hint = Keep mill test certificates that show where the steel was melted.
rule-gb-russia-free = Declared free of Russian steel; keep the mill test certificates.
rule-id-nickel = Indonesia does not let nickel ore out.
rule-id-nickel-hint = Buy processed nickel, or ore of another origin.
rule-id-bauxite = Indonesia does not let bauxite out.
rule-id-bauxite-hint = Buy alumina, or bauxite of another origin.
rule-dg-lithium = Lithium-ion batteries are dangerous goods of class 9, UN 3480 or UN 3481.
rule-dg-lithium-hint = Ask for the UN 38.3 test summary, and for packing and papers by the IMDG Code or the ICAO Technical Instructions.
rule-dg-lithium-air = Lithium-ion batteries by themselves fly on cargo aircraft only, at a state of charge of at most 30 %.
rule-dg-magnets = Magnets by air are UN 2807 unless shielded; above 0.00525 gauss at 4.6 m they may not fly.
rule-dg-magnets-hint = Ask the shipper for a measurement of the packed goods.
rule-dg-magnets-below = Declared below 0.002 gauss at 2.1 m: not restricted; carry the measurement.
rule-dg-silicon = Silicon powder, amorphous, is UN 1346, class 4.1; lumps are not.
rule-dg-magnesium = Magnesium as powder is UN 1418, as pellets, turnings or ribbons UN 1869; ingots are not dangerous goods.
rule-dg-bulk = In bulk the cargo needs its declaration, and moisture or temperature checks, by the IMSBC Code.
rule-to-russia-eu = Most industrial goods may not be exported from the European Union to Russia without a licence, by lists of codes.
rule-to-russia-gb = Most industrial goods may not be exported from the United Kingdom to Russia without a licence, by lists of codes.
rule-to-russia-us = Most industrial goods may not be exported from the United States to Russia without a licence, by lists of codes.
rule-to-russia-hint = Look the code up in the lists, and ask counsel.
rule-iran = Trade with Iran is under restored sanctions of the Security Council, and of the European Union and others.
rule-iran-hint = Ask counsel, bank and insurer before anything is signed.
rule-kp-from = The Security Council bars these goods from North Korea.
rule-kp-to = The Security Council bars the supply of these goods to North Korea.
rule-kp = Trade with North Korea is under an embargo of the Security Council with few exceptions.
rule-kp-hint = Ask the competent authority; banks refuse.
rule-transit = The route passes an economy under sanctions: transit of listed goods is barred, and insurers may refuse.
rule-transit-hint = Choose another route, or ask carrier and insurer.
rule-us-forced-1 = Silica-based products, cotton and tomatoes from China are a sector of high priority: barred if any part comes from Xinjiang.
rule-us-forced-1-hint = Trace the chain to the raw material (quartz, metallurgical silicon).
rule-us-forced-free = Declared free of inputs from Xinjiang and of listed entities; CBP may ask for proof of the whole chain.
rule-us-forced-2 = Aluminium, PVC and seafood from China are sectors of high priority: barred if any part comes from Xinjiang.
rule-us-forced-2-hint = Trace the chain to the raw material.
rule-us-forced-3 = Steel, lithium, copper and caustic soda from China are sectors of high priority: barred if any part comes from Xinjiang.
rule-us-forced-4 = Goods with any part from Xinjiang or from a listed entity are barred.
rule-us-iran-from = The United States bars imports from Iran.
rule-us-iran-to = The United States bars exports to Iran.
rule-us-cuba-from = The United States bars imports from Cuba.
rule-us-cuba-to = The United States bars exports to Cuba without a licence.
rule-us-russia-coal = The United States bars coal, oil and gas of Russian origin.
rule-us-russia-metals = The United States bars aluminium, copper and nickel of Russian origin made on or after 13 April 2024.
rule-us-russia-before = Declared made before 13 April 2024; the importer must prove it.
rule-us-russia = Trade with Russia is under wide sanctions of the United States.
rule-us-russia-hint = Ask counsel before anything is signed.

## Messages within sentences

error-full = PRP-{ $n }: { $said }; { $said2 }
error-bare = PRP-{ $n }: { $said }
error-line = line { $n }: { $said }
error-1102 = no sea route from { $name } to { $name2 } with { $list } closed
mend-1102 = open a passage or use another mode
error-1103 = { $name } is { $n } km from the nearest shipping lane, more than { $n2 } km
mend-1103 = give a port on the coast
error-1108 = nothing is known of where { $name }, { $economy } is
error-1108-place = nothing is known of where { $name } is
mend-1108 = give its UN/LOCODE or its coordinates
passage-none = nothing
