# Pages of the command line.

unknown = unknown
goods = goods
none-yet = none yet
days = days
colon = {": "}
list-comma = {", "}
list-clause = {", "}
list-semicolon = {"; "}

need-buy = Buy { $quantity } of { $goods } (HS { $hs }), delivered { $incoterm }to { $place }, paid in { $currency }
need-sell = Sell { $quantity } of { $goods } (HS { $hs }) from { $incoterm }{ $place }, paid in { $currency }
need-deadline = , by { $date }
need-shut = , not through { $passage }

combinations = { $all } combinations from { $origins } origins
shown = { $count } shown
facts-as-of = facts as of { $date }
sources-count =
    { $count ->
        [one] { $count } source
       *[other] { $count } sources
    }
draws-count = { $count } draws, seed { $seed }
effort = { $seconds }, { $cpu } CPU-s, about { $joules } J (assumed: { $watts } per busy core, setting watts_per_core)
first-in = first in { $percent } of draws
rank-of = rank { $rank } of { $count }
on-time = on time { $percent }
at-least = at least { $amount }
unknown-parts = not in that figure, because unknown: { $parts }
via = {" "}via { $passages }
passages = Passages: { $passages }
duty-none = none stated
preference-line = { $scheme }: { $state }, would save { $saving }
preference-full = { $scheme }: { $rate }, { $state }; saves { $saving }
rule-of-origin = Rule of origin: { $text }
must-prove = You must prove: { $text }
exposure = exposure { $amount }
more-findings =
    { $count ->
        [one] and { $count } more finding: periplus plan show
       *[other] and { $count } more findings: periplus plan show
    }
flip = { $text }: then { $then } is first
question = { $text } Ask: { $ask }. { $worth }
question-worth = Knowing it is worth about { $worth }.
question-decides = It decides whether there is a total at all.
no-plan = No plan is feasible.
title-in-the-way = What stood in the way
relaxation-landed = {"; "}landed { $landed }
relaxation-landed-sell = {"; "}net proceeds { $landed }
relaxation-arrives = {"; "}arrives { $date }
beaten-by = {" "}(beaten by { $plan })
why-not-shown = Shown in the answer: { $plans }
no-change = Nothing changed.
not-there = not there
wrote = wrote { $path }
says = source says: { $text }
reference = reference: { $text }
score = Score { $score } (0 best, 1 worst): { $parts }

label-blank = {""}
label-landed = Landed
label-arrives = Arrives
label-route = Route
label-terms = Terms
label-duty = Duty
label-carbon = Carbon
label-watch = Watch
label-per-unit = Per unit
label-at-risk = Cost at risk
label-exposure = Exposure
label-cash-month = Cash tied up
label-arrives-long = Arrives
label-scenarios = Scenarios
label-carbon-transport = Carbon, transport
label-carbon-product = Carbon, goods to the gate
label-look-alikes = Look-alikes folded in
label-formula = Formula
label-says = Says
label-basis = Basis
label-source = Source
label-reference = Reference

title-every-plan = For every plan
supplier-benchmark = { $name }, benchmark
title-flips = What would put another plan first
title-question = The next question
title-missing = Looked for and not found
title-relaxations = The smallest changes that would make one feasible
title-evidence = Evidence
title-formulas = Where each line comes from
title-legs = Legs
title-preferences = Preferences and proofs
title-findings = Findings
title-sources = Sources

landed-cost = Landed cost
recoverable = (recoverable, not in the total)
payer-seller = seller
payer-buyer = buyer
total-exactly = exactly
total-at-least = at least; unknown: { $parts }

why-recoverable = A tax that comes back to a registered buyer: shown, not part of the landed cost
why-scenarios = From { $count } shared scenarios, the same for every plan
why-at-risk = Mean of the worst tenth of the scenarios, less the middle
why-first = Share of the scenarios in which this plan has the best score
why-exposure = Money that the choices of payment, hedge and cover leave at risk
why-cash-month = Own cash before the goods arrive, money times days / 30

legend-basis = [o] observed  [b] benchmark  [m] modelled  [a] assumed
footer = Planning estimate, not a ruling and not advice.

doctor-data-dir-hint = Make the folder writable, or name another with --data-dir or PERIPLUS_DATA_DIR.
doctor-charset-hint = Use a UTF-8 locale, for example LANG=en_GB.UTF-8.
doctor-locale-hint = Periplus speaks en, zh, fr, ar and es; choose one with --lang or PERIPLUS_LANG.
doctor-width-hint = Answers are made for 80 columns and more; widen the window or use --width 80.
doctor-stray-hint = No setting has this name. Nearest: { $nearest }. See periplus config show.

setting-as-of = Decide as of this day; today when empty
setting-color = Colour: auto, always, never
setting-data-dir = Folder of imported books and kept answers
setting-format = How answers are written
setting-lang = Language of answers: en, zh (complete), fr, ar, es (in part)
setting-offline = Do not use the network
setting-plans = Plans shown at most
setting-seed = Seed of the shared scenarios
setting-watts-per-core = Assumed power of one busy core, for the energy estimate
setting-width = Columns to fit answers into; the terminal's when empty

importing = importing { $path }
verifying = checking books
pulling = fetching { $path }
counting = counting duties of { $path }
line = line
import-title = { $file }: { $kind } into book { $book }
import-counts = { $read } rows: { $accepted } accepted, { $repaired } repaired, { $aside } set aside, { $rejected } rejected
fate-repaired = repaired
fate-set-aside = set aside
fate-rejected = rejected
import-installed = book { $book } is now edition { $edition } (before: { $before })
import-unchanged = book { $book } is edition { $edition } already; nothing was changed
rolled-back = book { $book } is edition { $edition } again (was: { $before })
books-in = imported books: { $path }
origin-bundled = bundled
origin-imported = imported
health-sound = sound
health-unchecked = not checked
health-damaged = damaged: { $why }

suppliers-note = { $year }: { $total } USD in all; concentration (HHI) { $hhi }; shares and growth in percent, growth per year
benchmark-note = Unit values of trade statistics, FOB: benchmarks, not quotes.
price-year = year
price-band = P10 – P50 – P90, FOB
price-rung = rests on
price-flows = flows in the band
price-outliers = outliers set aside
price-unweighed = flows without known quantity
price-mean = mean unit value
price-trade = trade
rung-own = the economy's own flows
rung-own-mean = the economy's mean, with the world's spread
rung-region = flows of its region
rung-world = all flows of the world

all-goods = all goods
measures-other-days =
    { $count ->
        [one] { $count } measure is not in force on { $date }
       *[other] { $count } measures are not in force on { $date }
    }
duty-title = HS { $hs } from { $origin } into { $importer } on { $date }, customs value { $value }
duty-sums = Duties and fees { $duty }; taxes { $tax }
customs-value = Customs value
recoverable-short = (recoverable)

deciding = deciding
gathering = gathering facts
verified = { $path }: verified, { $plans } plans decided again from dossier { $dossier }, every byte the same
understood = understood: { $spans }
not-kept = the answer could not be kept: { $why }
quotes-read = { $path }: { $usable } of { $all } rows can be used, { $used } of them are for these goods
route-title = From { $from } to { $to }: { $count } ways, for { $mass }
route-dropped = Left out

doctor-books = { $count } books, { $rows } rows, every checksum right but for what is named below
doctor-book-missing = book { $book } is missing
doctor-book-missing-hint = Bring it with periplus data import FILE, or build periplus with its bundled books.
doctor-book-damaged-hint = periplus data rollback { $book }, or import it again.
doctor-book-old = book { $book } speaks of { $vintage }: { $days } days old
doctor-book-old-hint = periplus data import FILE, with a newer one of its publisher
doctor-book-old-pull = periplus data pull { $kind }, or periplus data import { $kind } FILE
doctor-book-old-import = periplus data import { $kind } FILE
doctor-book-old-bundled = there is no importer for it: a newer one comes with a newer Periplus
doctor-disk-room = room for answers
doctor-disk-hint = Free some space, or name another folder with --data-dir.

at-most = at most { $amount }
label-landed-sell = Net proceeds
landed-cost-sell = Net proceeds
col-landed = landed
col-landed-sell = net proceeds
figure-per-unit-sell = Net proceeds per unit
order = ordered by the profile { $profile }: { $on } (the middle of the draws is shown, with P10–P90)
order-on-cost = expected cost
order-on-cost-sell = expected proceeds
order-on-late = the chance of being late
order-on-time = the days, at the price of money
order-on-carbon = emissions
order-on-resilience = money at risk
order-on-cash = own cash
expected = expected { $amount }
label-expected = Expected
label-rests-on = Rests on
missing-tariffs = no tariff for { $count } markets, among them { $names }; --explain lists them
why-not-more-economies =
    { $rows ->
        [one] and 1 more economy ({ $count })
       *[other] and { $rows } more economies ({ $count })
    }
why-not-more-ways =
    { $rows ->
        [one] and 1 more ({ $count })
       *[other] and { $rows } more ({ $count })
    }
why-not-choices = { $count } choices of terms and money
why-not-other-ways =
    { $count ->
        [one] ; and 1 other way
       *[other] ; and { $count } other ways
    }
why-not-all = Everything: --verbose, or --format csv. One reason, economy, mode or plan: periplus radar why-not CN
why-one = periplus radar why { $figure } tells what stands behind one figure
health-bundled = bundled
route-beaten = no sooner and no cheaper than { $by }
route-open = Every passage is taken as open. Carriers may avoid one: --shut suez shows the ways without it.
route-shut = Taken as shut: { $passages }.
total-at-most = at most; unknown: { $parts }
beaten-lead = {"beaten on every axis, "}
same-way = the same way
full-stop = .
stands-in = English stands in for what is not yet translated into this language.
at-line = line { $line }: { $text }

# serve
serving = Periplus is at { $url } (data in { $path }); Ctrl-C ends it
no-browser = no browser could be opened; go to { $url }
