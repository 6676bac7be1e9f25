# Pages beside the radar: books, suppliers, quotes, needs, deals, watches, settings, sign-in.


## Shared

pg-all = All
pg-state = State
pg-made = Made
pg-changed = Changed
pg-clear = Show all
pg-nothing-found = Nothing fits what you look for.
pg-needed = (needed)
pg-copy = Copy
pg-copied = Copied
pg-undo = Undo
pg-choose-file = Choose a file
pg-reading = Reading
pg-download = Download
pg-download-as = Download { $name } as { $format }
pg-shown = { $count } shown
pg-shown-of = { $count } of { $total }
pg-read-only = Your role ({ $role }) may read here and change nothing.
pg-read-only-admin = Your role ({ $role }) may read here. Changes are made by admins.
pg-barred = This is for people of role { $role } and above.
pg-conflict = Someone else changed this meanwhile. Your change is not saved.

## Roles

role-viewer = Viewer
role-buyer = Buyer
role-analyst = Analyst
role-compliance = Compliance
role-bank = Bank
role-admin = Admin
role-what-viewer = reads everything of the firm, changes nothing
role-what-buyer = also scans, keeps needs, quotes and watches, makes deals and carries them
role-what-analyst = also sets up webhooks
role-what-compliance = also reads the audit and exports the firm’s data
role-what-bank = the same, for people of the firm’s bank
role-what-admin = also changes books, people, keys and settings, and may erase

## Books

books-title = Books
books-lead =
    { $count ->
        [one] { $count } dataset, { $imported } of them imported, { $poor } old or damaged. Every figure of the radar comes from one of these.
       *[other] { $count } datasets, { $imported } of them imported, { $poor } old or damaged. Every figure of the radar comes from one of these.
    }
books-lead-short = Every figure of the radar comes from one of these.
books-search = Search books, publishers, licences
books-none = No book fits.
books-none-text = Take a filter away, or search for another word.
book-dataset = Dataset
book-name = Name
book-edition = Edition
book-editions = Editions
book-editions-count =
    { $count ->
        [one] { $count } edition
       *[other] { $count } editions
    }
book-date = As of
book-age = { $age } old
book-age-unknown = age unknown
book-months =
    { $count ->
        [one] { $count } month
       *[other] { $count } months
    }
book-licence = Licence
book-rows = Rows
book-rows-count =
    { $count ->
        [one] { $shown } row
       *[other] { $shown } rows
    }
book-size = Size
book-health = Health
book-health-ok = sound
book-health-old = old
book-health-damaged = damaged
book-health-missing = missing
book-basis = Basis
book-from = From
book-imported = imported
book-imported-at = imported { $at }
book-bundled = bundled
book-verify = Check all checksums
book-verify-sound = All checksums are right.
book-verify-damaged =
    { $count ->
        [one] { $count } book is damaged or missing.
       *[other] { $count } books are damaged or missing.
    }
book-open = Open the book
book-how = How it is made
book-made-by = Made by
book-inputs =
    { $count ->
        [one] Made from { $count } file
       *[other] Made from { $count } files
    }
book-tables = Tables
book-table-search = Search in { $table }
book-no-tables = This book has no table.
book-no-rows = No row fits.
book-in-force = in force
book-one-edition = There is one edition only. An import makes another beside it.
book-import = Import
book-drop = Drop an official file here
book-drop-text = First it is only tried: you see what would happen to every row before anything changes. CSV, XLSX, Parquet, also compressed.
book-hints = The file does not say what it is
book-kind = Kind
book-kind-hint = empty: found out from the file
book-vintage = Date of the data
book-vintage-hint = for example 2026 or 2026-04-13
book-economy = Economy
book-economy-hint = two letters, for tariffs of one economy
book-trying = Trying { $file } ({ $size }). Nothing is changed.
book-again = Try again
book-dry-failed = { $file } cannot be imported.
book-failed = The import of { $file } failed.
book-old-stays = The old book stays in force, unchanged.
book-old-stays-edition = The old book stays in force, unchanged: edition { $edition }.
book-dry-title = Tried: { $file }
book-dry-note = Nothing has been changed yet. Read the report, then decide.
book-install = Put { $rows } rows into { $book }
book-installed = Book { $book } is now edition { $edition }.
book-throw-away = Change nothing
book-report-what = Kind { $kind }, for book { $book }, edition { $edition }
book-report-unchanged = This file makes the edition that is in force already. There is nothing to do.
book-report-csv = Report as CSV
book-read = rows read
book-accepted = accepted
book-fate = What happened
book-fate-repaired = repaired
book-fate-set_aside = set aside
book-fate-rejected = rejected
book-reasons = All reasons, counted
book-rows-told = Rows that were not simply taken
book-rows-sampled = { $shown } of { $all } rows are shown: the first of each reason. All are counted above.
book-rows-clean = Every row was taken as it stands.
book-line = Line
book-column = Column
book-reason = Reason
book-found = Found
book-diff-title = Difference to the edition in force
book-diff-none = Differences cannot be shown for this book.
book-diff-same = The tables are the same.
book-diff-rows = Rows that differ
book-diff-change = Change
book-diff-added = added
book-diff-removed = removed
book-diff-changed = changed
book-diff-more =
    { $count ->
        [one] { $shown } more row differs.
       *[other] { $shown } more rows differ.
    }
book-diff-from = From
book-diff-to = To
book-diff-show = Show the difference
book-roll-back = Roll back
book-roll-back-title = Roll back { $title }?
book-roll-back-to = Edition { $now } is taken out of force and edition { $before } comes back.
book-roll-back-bundled = Edition { $now } is taken out of force and the edition before comes back.
book-roll-back-note = New scans use it at once, watches sweep again, and answers that are kept stay as they are.
book-rolled-back = Edition { $edition } is in force again.

## Suppliers and quotes

suppliers-title = Suppliers
suppliers-lead = The firms whose quotes you keep. Their prices stand beside the benchmarks of whole countries.
suppliers-search = Search suppliers
suppliers-none = No supplier yet
suppliers-none-text = Bring a table of quotes; the suppliers come with it.
supplier-bring = Bring quotes
supplier-economy = Economy
supplier-quotes = Quotes
supplier-expired = { $count } expired
supplier-goods = Goods
supplier-last = Last quote
quotes-title = Quotes
quotes-lead = Each quote enters scans as an observed offer, beside the benchmarks of countries, until it expires.
quotes-search = Search suppliers, goods, places
quotes-none = No quote yet
quotes-none-text = Drop a spreadsheet of a supplier above, or add one quote by hand. Until then, scans use benchmarks of countries.
quote-drop = Drop a supplier's sheet here
quote-drop-text = CSV or XLSX, headers in English or Chinese. You match the columns, then every row is checked.
quote-upload-failed = The sheet was not read. Your quotes are as they were.
quote-waiting = Sheets that are not finished
quote-sheet-mapping = columns to match
quote-sheet-checked = checked, not accepted
quote-sheet-accepted = accepted
quote-resume = Go on
quote-sheet-title = Sheet: { $name }
quote-map = Columns and what they hold
quote-map-text = Say what each column holds. What is marked * is needed.
quote-map-column = Column
quote-map-samples = First values
quote-map-field = Holds
quote-map-of = What the column { $column } holds
quote-map-ignore = not used
quote-map-guessed = guessed
quote-map-missing = No column holds: { $fields }
quote-map-goods = Neither the HS code nor a description of the goods is in a column; one of them is needed.
quote-check = Check every row
quote-throw-away = Throw the sheet away
quote-report = What became of the rows
quote-duplicate = repeated
quote-note-repair = repaired
quote-note-remark = to know
quote-note-rejection = rejected
quote-accept =
    { $count ->
        [one] Keep { $shown } quote
       *[other] Keep { $shown } quotes
    }
quote-left-out =
    { $count ->
        [one] { $count } row is left out.
       *[other] { $count } rows are left out.
    }
quote-stored =
    { $count ->
        [one] { $count } quote is kept and used in scans.
       *[other] { $count } quotes are kept and used in scans.
    }
quote-add = Add a quote
quote-added = Quote of { $supplier } added.
quote-edit = Edit the quote
quote-edit-of = Edit the quote of { $supplier }
quote-saved = Quote saved.
quote-delete-of = Delete the quote of { $supplier }
quote-deleted = Quote of { $supplier } deleted.
quote-of = Quotes of { $supplier }
quote-price = { $price } { $currency } per { $unit }
quote-terms = Terms
quote-expired = expired
quote-form-hint = Write as in a spreadsheet: “28 days”, “500 kg”, “Ningbo”. One of HS code and goods is enough.
quote-conflict = Someone else changed this quote meanwhile. Yours is not saved yet.
quote-conflict-yours = yours: { $value }
quote-conflict-theirs = Take theirs
quote-conflict-mine = Save what I changed
quote-field-supplier = Supplier
quote-field-hs = HS code
quote-field-goods = Goods
quote-field-price = Price
quote-field-unit = Unit of the price
quote-field-currency = Currency
quote-field-incoterm = Incoterm
quote-field-place = Place
quote-field-country = Made in
quote-field-lead_time = Lead time
quote-field-minimum = Minimum order
quote-field-valid_until = Valid until
quote-field-certificates = Certificates
quote-field-unit_weight = Weight of one unit, kg

## Needs

needs-title = Needs
needs-lead = What you want to buy or sell, kept to be scanned again, and every answer so far.
needs-answers = Answers
needs-search = Search needs
needs-none = No need is kept
needs-none-text = Add one, or keep one from the radar.
need-need = Need
need-add = Add a need
need-added = Need kept.
need-saved = Need saved.
need-delete = Delete the need
need-deleted = Need deleted.
need-scan = Scan now
need-answer = Answer
need-open-answer = Open the answer
need-no-answer = not scanned yet
need-text = The need in your own words
need-text-hint = For example: buy 5 t HS 850511 to Birmingham DAP by 2027-03-15 in GBP
need-title-field = Title
need-title-hint = may be left out
need-understood = Understood as:
need-state-open = open
need-state-answered = answered
need-state-dealt = dealt
need-state-dropped = dropped
answers-search = Search answers
answers-none = No answer is kept yet.
answer-sample = sample
answer-plans = Plans
answer-no-plan = no plan
answer-best = Best, landed
answer-arrives = Arrives
answer-at = Answered

## Deals

deals-title = Deals
deals-lead = Plans that you accepted, from draft to closed, with dates, papers, people and everything that happened.
deals-search = Search deals
deals-none = No deal yet
deals-none-text = A deal begins when you accept a plan on the radar.
deal-to-radar = To the radar
deal-deal = Deal
deal-name = Name of the deal
deal-rename = Rename
deal-renamed = Deal renamed.
deal-open-plan = Open the plan
deal-supplier = Supplier
deal-landed = Landed cost
deal-arrives = Arrives
deal-state-draft = draft
deal-state-offered = offered
deal-state-agreed = agreed
deal-state-shipped = shipped
deal-state-cleared = cleared
deal-state-paid = paid
deal-state-closed = closed
deal-state-cancelled = cancelled
deal-to-draft = Back to draft
deal-to-offered = Mark as offered
deal-to-agreed = Mark as agreed
deal-to-shipped = Mark as shipped
deal-to-cleared = Mark as cleared
deal-to-paid = Mark as paid
deal-to-closed = Close the deal
deal-to-cancelled = Cancel the deal
deal-life = Life of the deal
deal-next = Next:
deal-no-next = This deal has come to its end. No further step may be taken.
deal-step-done = done
deal-step-note = The deal goes from “{ $from }” to “{ $to }”. This is written into its history and cannot be taken back.
deal-step-text = A word for the history (may be left out)
deal-moved = The deal is now: { $state }.
deal-plan = The plan as it was accepted: { $plan }
deal-plan-note = A copy made when you accepted it. It stays as it was, whatever the books say now.
deal-range = P10 – P90
deal-on-time = On time
deal-route = Route
deal-terms = Terms
deal-payment = Payment
deal-finance = Finance
deal-hedge = Hedge
deal-cover = Cargo cover
deal-lines = Cost lines
deal-line = Line
deal-payer = Paid by
deal-payer-seller = seller
deal-payer-buyer = buyer
deal-amount = Amount
deal-recoverable = (comes back, not in the total)
deal-total = Total
deal-total-at-least = Total, at least
deal-unknown = Not in the total, because unknown: { $parts }
deal-findings =
    { $count ->
        [one] { $count } finding
       *[other] { $count } findings
    }
deal-dates = Dates
deal-dates-none = No date is set.
deal-date-what = What
deal-date-day = Day
deal-date-set = Set
deal-date-offer_valid = offer valid until
deal-date-signed = contract signed
deal-date-cargo_ready = cargo ready
deal-date-departure = departure
deal-date-arrival = arrival
deal-date-clearance = customs clearance
deal-date-payment_due = payment due
deal-people = People
deal-people-none = Nobody is named yet.
deal-person-add = Add a person
deal-person-name = Name
deal-person-role = Role in the deal
deal-person-role-hint = for example forwarder, inspector, contact of the supplier
deal-person-contact = E-mail or telephone
deal-note = Note
deal-note-text = What should be remembered
deal-note-add = Add the note
deal-papers = Papers
deal-papers-none = No paper is kept with this deal.
deal-paper-drop = Drop a paper here
deal-paper-limit = At most { $size }. It is kept with its checksum.
deal-paper-large = { $name } is { $size }: too large. Split it, or make the scan coarser.
deal-paper-added = { $name } is kept.
deal-paper-name = Paper
deal-paper-kind = Kind of paper
deal-paper-size = Size
deal-paper-at = Added
deal-paper-contract = contract
deal-paper-invoice = invoice
deal-paper-packing_list = packing list
deal-paper-bill_of_lading = bill of lading
deal-paper-certificate = certificate
deal-paper-customs = customs paper
deal-paper-payment = payment
deal-paper-other = other
deal-history = History
deal-history-note = Entries are only ever added, never changed or taken out.
deal-event-state = Step
deal-event-note = Note
deal-event-paper = Paper
deal-event-person = Person
deal-event-date = Date
deal-event-title = Name
deal-event-created = Begun

## Watches and alerts

watches-title = Watches
watches-lead = When a book changes, watched plans are swept again. You hear of it only if their order or feasibility changes.
watches-search = Search watches
watches-none = Nothing is watched
watches-none-text = Watch a plan from the radar.
watch-watch = Watch
watch-plan = Plan
watch-whole = the whole answer
watch-swept = Last swept
watch-state-active = watching
watch-state-paused = paused
watch-pause = Pause
watch-paused = “{ $title }” is paused.
watch-resume = Resume
watch-resumed = “{ $title }” is watched again.
watch-delete = Delete the watch
watch-delete-text = “{ $title }” is no longer swept. Its alerts go with it; the answer stays.
watch-deleted = Watch deleted.
watch-gone = a watch
watch-none-new = none new
alerts-title = Alerts
alerts-new = New
alerts-unseen =
    { $count ->
        [one] { $count } new
       *[other] { $count } new
    }
alerts-all-seen = Mark all as seen
alerts-none = No new alert
alerts-never = No alert so far
alerts-none-text = Nothing that is watched has changed its order or become infeasible.
alert-kind-order = order changed
alert-kind-feasibility = feasibility changed
alert-because = because of
alert-open-plan = Open the plan
alert-seen = Mark as seen
alert-seen-of = Mark as seen: { $title }
alert-was-seen = seen
alert-delta = What changed: { $title }
alert-figure = Figure
alert-figure-rank = Rank
alert-figure-feasible = Feasible
alert-figure-duty = Duty
alert-before = Before
alert-after = After
alert-text = In words

## Settings

settings-title = Settings
settings-lead = Your firm, its people and keys, what it tells other systems, and what is its own.
settings-general = Firm and you
settings-people = People and roles
settings-keys = API keys
settings-webhooks = Webhooks
settings-audit = Audit
settings-data = Data
settings-saved = Saved.
settings-firm = Firm
settings-firm-name = Name of the firm
settings-id = Id
settings-you = You
settings-name = Name
settings-email = E-mail
settings-role = Role
settings-mode = Sign-in
settings-mode-local = none: Periplus runs for you alone on this computer
settings-mode-login = required
settings-version = Version
settings-today = Today
settings-sign-out = Sign out
people-text = Who may sign in, and what each may do.
people-local = No sign-in is needed now. People matter once the server runs with sign-in.
people-none = Nobody but you
people-you = you
people-on = may sign in
people-off = barred
people-way = Signs in by
people-way-password = password
people-way-provider = identity provider
people-may-sign-in = may sign in
people-add = Add a person
people-first = From then on everybody has to sign in, you too. So the first person is an admin: make it yourself, and keep the password.
people-first-do = Add and require sign-in
people-added = { $name } is added.
people-password = First password
people-password-first = At least { $least } characters. You sign in with it right away.
people-password-hint = At least { $least } characters. May stay empty where people sign in through your identity provider.
people-password-short = Shorter than { $least } characters
people-roles = What each role may do
people-remove = Remove { $name }
people-remove-do = Remove
people-remove-text = Sessions and keys of this person end at once. What was done by them stays in the history and the audit.
people-removed = { $name } is removed.
keys-text = For programs: send “Authorization: Bearer” with the key. A key may do what its role may.
keys-none = No key yet
keys-name = What the key is for
keys-make = Make a key
keys-made = Key “{ $name }” is made.
keys-once = Copy the secret now: it is shown this once and kept only as a hash.
keys-kept = I have kept it
keys-prefix = Begins with
keys-used = Last used
keys-never = never
keys-revoke = Revoke
keys-revoke-title = Revoke the key “{ $name }”?
keys-revoke-text = Programs that use it are refused at once. This cannot be undone.
keys-revoked = Key “{ $name }” is revoked.
hooks-text = Periplus tells other systems what happened, signed in the header
hooks-none = No webhook yet
hooks-url = Address
hooks-url-hint = Public addresses only, by https. Addresses inside the network are refused.
hooks-kinds = Told of
hooks-kind = Event
hooks-kind-book = books
hooks-kind-job = jobs
hooks-kind-alert = alerts
hooks-kind-deal = deals
hooks-kind-answer = answers
hooks-add = Add a webhook
hooks-made = Webhook added. This is the secret to check signatures with.
hooks-delete = Delete the webhook
hooks-delete-text = Nothing more is sent to
hooks-deleted = Webhook deleted.
hooks-deliveries = Deliveries
hooks-no-deliveries = Nothing has been sent yet.
hooks-state-delivered = delivered
hooks-state-waiting = waiting
hooks-state-dead = given up
hooks-attempts = Attempts
hooks-error = What went wrong
hooks-next = Again
hooks-dead = Dead letters
hooks-dead-text = What could not be delivered after all attempts waits here.
hooks-dead-none = There is none.
hooks-retry = Send again
hooks-retried = It will be sent again.
audit-text = Who did what. Each entry carries the hash of the one before it, so none can be changed or taken out unseen.
audit-search = Search the audit
audit-none = Nothing is recorded yet.
audit-verify = Verify the chain
audit-sound =
    { $count ->
        [one] The chain of { $count } entry is whole.
       *[other] The chain of { $count } entries is whole.
    }
audit-broken = The chain is broken at entry { $seq } of { $count }. Someone changed the record.
audit-seq = No.
audit-at = When
audit-who = Who
audit-what = What
audit-object = On what
audit-hash = Hash
data-export = Take your data along
data-export-text = Everything that your firm keeps here, as a ZIP with one file of JSON lines for each kind.
data-export-do = Export my data
data-backup = Backup
data-backup-text = Whoever runs the server makes a backup while it runs, and restores it, from the command line:
data-erase = Erase
data-erase-text = Erases everything that { $name } keeps here: quotes, needs, answers, deals with papers, watches, people and keys. Books stay; they belong to all.
data-erase-do = Erase everything
data-erase-typed = Type the name of the firm to confirm: { $name }
data-erase-last = This cannot be undone. Export your data first if you may need it.

## Sign-in

signin-title = Sign in
signin-email = E-mail
signin-password = Password
signin-show = Show the password
signin-do = Sign in
signin-or = or
signin-oidc = Sign in through your organisation
signin-oidc-failed = Your identity provider did not let you in. Try again, or ask your admin.
signin-help = Forgotten your password? Ask an admin of your firm.
signin-local = Periplus runs for you alone on this computer. No sign-in is needed.
signin-already = You are signed in as { $name }.
signin-go = Go on
