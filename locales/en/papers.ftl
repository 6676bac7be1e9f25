# The dossier as a document.

papers-dossier = Dossier
papers-seed = Seed
papers-as-of = Facts as of
papers-schema = Schema
papers-version = Made by
papers-payment = Payment
papers-payment-path = Path of the payment
papers-payment-currency = Currency of payment
papers-finance = Finance
papers-hedge = Hedge
papers-cover = Cover
papers-why-expected = Landed cost with the goods at their mean price: what the profile weighs
papers-before-legs = before the first leg
papers-deadline-word = Deadline
papers-deadline = deadline { $date }
papers-scenarios = from { $count } scenarios
papers-page = { $page } of { $pages }
papers-kind = Trade dossier
papers-title-plans = Plans
papers-title-plan = Plan { $id }
papers-title-waterfall = How the cost adds up
papers-title-waterfall-sell = What is left of the price
papers-title-arrival = Arrival
papers-title-figures = Key figures
papers-title-money = Payment, finance and cover
papers-title-carbon = Carbon
papers-title-left-out = Not shown, and why
papers-title-findings-all = For every plan
papers-title-identity = Identity of this paper
papers-title-legend = How well each figure is known
papers-title-lines = Cost lines
papers-not-in-full =
    { $count ->
        [one] { $count } more plan is in the table only.
       *[other] { $count } more plans are in the table only.
    }
papers-not-in-table =
    { $count ->
        [one] { $count } more plan is not in this paper; the answer itself has it.
       *[other] { $count } more plans are not in this paper; the answer itself has them.
    }
papers-one-plan = This paper is of one plan; the table shows what it was chosen from.
papers-verify = The same dossier gives the same figures on any machine: periplus plan verify FILE.
papers-example = for instance
papers-stages-note = Legs are drawn back from the middle arrival; each is the middle of its own scenarios.
papers-says = source says: { $text }
papers-reference = reference: { $text }
papers-alt-waterfall = Bars of the cost lines, each from where the lines above it end: { $parts }
papers-alt-time = Days from { $date }: { $parts }
papers-no-face =
    { $count ->
        [one] { $count } character has no face in this PDF and is shown by its code: { $codes }
       *[other] { $count } characters have no face in this PDF and are shown by their codes: { $codes }
    }
papers-no-face-hint = The HTML page and the workbook show them as the fonts of your machine can.
papers-ask = Ask: { $ask }.

papers-sheet-plans = Plans
papers-sheet-sources = Sources
papers-sheet-notes = Notes
papers-col-yours = your figure
papers-col-used = used
papers-col-factor = factor { $n }
papers-col-note = note
papers-what-if = What if
papers-what-if-how = Put your own figure beside a line: the total below uses it in place of the line's. The factors of a line with a formula can be changed too. Nothing else moves: a line does not follow another.
papers-what-if-total = Total with your figures
papers-what-if-rate = One { $currency } in your currency
papers-what-if-other = Total in your currency
papers-per-unit-live = Per { $unit }
papers-quantity = Quantity
papers-exact = exactly
papers-bound-cost = at least
papers-bound-sell = at most

prp-2201 = a character has no face in the PDF
prp-2201-hint = take HTML or XLSX, which use the fonts of your machine
prp-2202 = the PDF cannot be made: { $why }
prp-2202-hint = take HTML or XLSX, and keep the answer: with it the failure can be repeated
prp-2203 = the workbook cannot be made: { $why }
prp-2203-hint = take HTML or PDF, and keep the answer: with it the failure can be repeated
