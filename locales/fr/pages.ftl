# Pages à côté du radar : registres, fournisseurs, offres, besoins, affaires, veilles, réglages, connexion.

## Commun

pg-all = Tous
pg-state = État
pg-made = Créé
pg-changed = Modifié
pg-clear = Tout afficher
pg-nothing-found = Rien ne correspond à votre recherche.
pg-needed = (requis)
pg-copy = Copier
pg-copied = Copié
pg-undo = Annuler l’opération
pg-choose-file = Choisir un fichier
pg-reading = Lecture en cours
pg-download = Télécharger
pg-download-as = Télécharger { $name } en { $format }
pg-shown =
    { $count ->
        [one] { $count } affiché
       *[other] { $count } affichés
    }
pg-shown-of = { $count } sur { $total }
pg-read-only = Votre rôle ({ $role }) permet de lire ici, sans rien modifier.
pg-read-only-admin = Votre rôle ({ $role }) permet de lire ici. Les modifications reviennent aux administrateurs.
pg-barred = Réservé au rôle { $role } et au-dessus.
pg-conflict = Quelqu’un d’autre a modifié cet élément entre-temps. Votre modification n’est pas enregistrée.

## Rôles

role-viewer = Lecteur
role-buyer = Acheteur
role-analyst = Analyste
role-compliance = Conformité
role-bank = Banque
role-admin = Administrateur
role-what-viewer = lit tout ce qui est à l’entreprise, ne modifie rien
role-what-buyer = peut aussi lancer le radar, garder besoins, offres et veilles, conclure et suivre des affaires
role-what-analyst = peut aussi configurer les webhooks
role-what-compliance = peut aussi lire le journal d’audit et exporter les données de l’entreprise
role-what-bank = de même, pour les personnes de la banque de l’entreprise
role-what-admin = peut aussi modifier registres, personnes, clés et réglages, et tout effacer

## Registres

books-title = Registres
books-lead =
    { $count ->
        [one] { $count } jeu de données, dont { $imported } importé, { $poor } ancien ou endommagé. Chaque chiffre du radar vient de l’un d’eux.
       *[other] { $count } jeux de données, dont { $imported } importés, { $poor } anciens ou endommagés. Chaque chiffre du radar vient de l’un d’eux.
    }
books-lead-short = Chaque chiffre du radar vient de l’un d’eux.
books-search = Chercher registres, éditeurs, licences
books-none = Aucun registre ne correspond.
books-none-text = Retirez un filtre ou cherchez un autre mot.
book-dataset = Jeu de données
book-name = Nom
book-edition = Édition
book-editions = Éditions
book-editions-count =
    { $count ->
        [one] { $count } édition
       *[other] { $count } éditions
    }
book-date = Au
book-age = il y a { $age }
book-age-unknown = âge inconnu
book-months = { $count } mois
book-licence = Licence
book-rows = Lignes
book-rows-count =
    { $count ->
        [one] { $shown } ligne
       *[other] { $shown } lignes
    }
book-size = Taille
book-health = Santé
book-health-ok = sain
book-health-old = ancien
book-health-damaged = endommagé
book-health-missing = manquant
book-basis = Nature
book-from = Provenance
book-imported = importé
book-imported-at = importé le { $at }
book-bundled = fourni
book-verify = Vérifier toutes les sommes de contrôle
book-verify-sound = Toutes les sommes de contrôle sont justes.
book-verify-damaged =
    { $count ->
        [one] { $count } registre est endommagé ou manquant.
       *[other] { $count } registres sont endommagés ou manquants.
    }
book-open = Ouvrir le registre
book-how = Comment il est fait
book-made-by = Fait par
book-inputs =
    { $count ->
        [one] Fait à partir de { $count } fichier
       *[other] Fait à partir de { $count } fichiers
    }
book-tables = Tables
book-table-search = Chercher dans { $table }
book-no-tables = Ce registre n’a pas de table.
book-no-rows = Aucune ligne ne correspond.
book-in-force = en vigueur
book-one-edition = Il n’y a qu’une édition. Une importation en crée une autre à côté.
book-import = Importer
book-drop = Déposez ici un fichier officiel
book-drop-text = Il est d’abord seulement essayé : vous voyez ce qui arriverait à chaque ligne avant tout changement. CSV, XLSX, Parquet, même compressés.
book-hints = Le fichier ne dit pas ce qu’il est
book-kind = Genre
book-kind-hint = vide : déduit du fichier
book-vintage = Date des données
book-vintage-hint = par exemple 2026 ou 2026-04-13
book-economy = Économie
book-economy-hint = deux lettres, pour le tarif d’une économie
book-trying = Essai de { $file } ({ $size }). Rien n’est modifié.
book-again = Réessayer
book-dry-failed = { $file } ne peut pas être importé.
book-failed = L’importation de { $file } a échoué.
book-old-stays = L’ancien registre reste en vigueur, inchangé.
book-old-stays-edition = L’ancien registre reste en vigueur, inchangé : édition { $edition }.
book-dry-title = Essai : { $file }
book-dry-note = Rien n’a encore été modifié. Lisez le rapport, puis décidez.
book-install = Mettre { $rows } lignes dans { $book }
book-installed = Le registre { $book } est maintenant à l’édition { $edition }.
book-throw-away = Ne rien modifier
book-report-what = Genre { $kind }, pour le registre { $book }, édition { $edition }
book-report-unchanged = Ce fichier donne l’édition déjà en vigueur. Il n’y a rien à faire.
book-report-csv = Rapport en CSV
book-read = lignes lues
book-accepted = acceptées
book-fate = Sort
book-fate-repaired = réparées
book-fate-set_aside = mises de côté
book-fate-rejected = rejetées
book-reasons = Toutes les raisons, comptées
book-rows-told = Lignes qui n’ont pas été simplement prises
book-rows-sampled = { $shown } lignes sur { $all } sont montrées : les premières de chaque raison. Toutes sont comptées ci-dessus.
book-rows-clean = Chaque ligne a été prise telle quelle.
book-line = Ligne
book-column = Colonne
book-reason = Raison
book-found = Trouvé
book-diff-title = Différence avec l’édition en vigueur
book-diff-none = Les différences ne peuvent pas être montrées pour ce registre.
book-diff-same = Les tables sont les mêmes.
book-diff-rows = Lignes qui diffèrent
book-diff-change = Changement
book-diff-added = ajouté
book-diff-removed = retiré
book-diff-changed = modifié
book-diff-more =
    { $count ->
        [one] { $shown } autre ligne diffère.
       *[other] { $shown } autres lignes diffèrent.
    }
book-diff-from = De
book-diff-to = À
book-diff-show = Montrer la différence
book-roll-back = Revenir en arrière
book-roll-back-title = Revenir en arrière pour { $title } ?
book-roll-back-to = L’édition { $now } n’est plus en vigueur et l’édition { $before } revient.
book-roll-back-bundled = L’édition { $now } n’est plus en vigueur et la précédente revient.
book-roll-back-note = Les nouveaux balayages l’utilisent aussitôt, les veilles sont refaites, et les réponses gardées restent telles quelles.
book-rolled-back = L’édition { $edition } est de nouveau en vigueur.

## Fournisseurs et offres

suppliers-title = Fournisseurs
suppliers-lead = Les entreprises dont vous gardez les offres. Leurs prix se lisent à côté des références des pays.
suppliers-search = Chercher des fournisseurs
suppliers-none = Pas encore de fournisseur
suppliers-none-text = Apportez un tableau d’offres ; les fournisseurs viennent avec.
supplier-bring = Apporter des offres
supplier-economy = Économie
supplier-quotes = Offres
supplier-expired =
    { $count ->
        [one] { $count } expirée
       *[other] { $count } expirées
    }
supplier-goods = Marchandises
supplier-last = Dernière offre
quotes-title = Offres
quotes-lead = Chaque offre entre dans les balayages comme prix observé, à côté des références des pays, jusqu’à son expiration.
quotes-search = Chercher fournisseurs, marchandises, lieux
quotes-none = Pas encore d’offre
quotes-none-text = Déposez ci-dessus le tableau d’un fournisseur, ou ajoutez une offre à la main. D’ici là, les balayages utilisent les références des pays.
quote-drop = Déposez ici le tableau d’un fournisseur
quote-drop-text = CSV ou XLSX, en-têtes en anglais ou en chinois. Vous associez les colonnes, puis chaque ligne est vérifiée.
quote-upload-failed = Le tableau n’a pas été lu. Vos offres sont comme avant.
quote-waiting = Tableaux non terminés
quote-sheet-mapping = colonnes à associer
quote-sheet-checked = vérifié, non accepté
quote-sheet-accepted = accepté
quote-resume = Continuer
quote-sheet-title = Tableau : { $name }
quote-map = Les colonnes et ce qu’elles contiennent
quote-map-text = Dites ce que contient chaque colonne. Ce qui porte * est requis.
quote-map-column = Colonne
quote-map-samples = Premières valeurs
quote-map-field = Contient
quote-map-of = Ce que contient la colonne { $column }
quote-map-ignore = non utilisée
quote-map-guessed = supposé
quote-map-missing = Aucune colonne ne contient : { $fields }
quote-map-goods = Ni le code SH ni une description de la marchandise ne figurent dans une colonne ; il faut l’un des deux.
quote-check = Vérifier chaque ligne
quote-throw-away = Jeter le tableau
quote-report = Ce que sont devenues les lignes
quote-duplicate = répétées
quote-note-repair = réparée
quote-note-remark = à savoir
quote-note-rejection = rejetée
quote-accept =
    { $count ->
        [one] Garder { $shown } offre
       *[other] Garder { $shown } offres
    }
quote-left-out =
    { $count ->
        [one] { $count } ligne est laissée de côté.
       *[other] { $count } lignes sont laissées de côté.
    }
quote-stored =
    { $count ->
        [one] { $count } offre est gardée et sert aux balayages.
       *[other] { $count } offres sont gardées et servent aux balayages.
    }
quote-add = Ajouter une offre
quote-added = Offre de { $supplier } ajoutée.
quote-edit = Modifier l’offre
quote-edit-of = Modifier l’offre de { $supplier }
quote-saved = Offre enregistrée.
quote-delete-of = Supprimer l’offre de { $supplier }
quote-deleted = Offre de { $supplier } supprimée.
quote-of = Offres de { $supplier }
quote-price = { $price } { $currency } par { $unit }
quote-terms = Conditions
quote-expired = expirée
quote-form-hint = Écrivez comme dans un tableur : « 28 days », « 500 kg », « Ningbo ». Code SH ou marchandise, l’un des deux suffit.
quote-conflict = Quelqu’un d’autre a modifié cette offre entre-temps. La vôtre n’est pas encore enregistrée.
quote-conflict-yours = la vôtre : { $value }
quote-conflict-theirs = Prendre la sienne
quote-conflict-mine = Enregistrer mes changements
quote-field-supplier = Fournisseur
quote-field-hs = Code SH
quote-field-goods = Marchandise
quote-field-price = Prix
quote-field-unit = Unité du prix
quote-field-currency = Monnaie
quote-field-incoterm = Incoterm
quote-field-place = Lieu
quote-field-country = Fabriqué en
quote-field-lead_time = Délai
quote-field-minimum = Commande minimale
quote-field-valid_until = Valable jusqu’au
quote-field-certificates = Certificats
quote-field-unit_weight = Poids d’une unité, kg

## Besoins

needs-title = Besoins
needs-lead = Ce que vous voulez acheter ou vendre, gardé pour être balayé de nouveau, et toutes les réponses.
needs-answers = Réponses
needs-search = Chercher des besoins
needs-none = Aucun besoin n’est gardé
needs-none-text = Ajoutez-en un, ou gardez-en un depuis le radar.
need-need = Besoin
need-add = Ajouter un besoin
need-added = Besoin gardé.
need-saved = Besoin enregistré.
need-delete = Supprimer le besoin
need-deleted = Besoin supprimé.
need-scan = Balayer maintenant
need-answer = Réponse
need-open-answer = Ouvrir la réponse
need-no-answer = pas encore balayé
need-text = Le besoin dans vos mots
need-text-hint = Par exemple : buy 5 t HS 850511 to Birmingham DAP by 2027-03-15 in GBP
need-title-field = Titre
need-title-hint = facultatif
need-understood = Compris ainsi :
need-state-open = ouvert
need-state-answered = répondu
need-state-dealt = conclu
need-state-dropped = abandonné
answers-search = Chercher des réponses
answers-none = Aucune réponse n’est encore gardée.
answer-sample = exemple
answer-plans = Plans
answer-no-plan = aucun plan
answer-best = Meilleur, rendu
answer-arrives = Arrivée
answer-at = Répondu

## Affaires

deals-title = Affaires
deals-lead = Les plans que vous avez acceptés, du brouillon à la clôture, avec dates, documents, personnes et tout ce qui s’est passé.
deals-search = Chercher des affaires
deals-none = Pas encore d’affaire
deals-none-text = Une affaire commence quand vous acceptez un plan sur le radar.
deal-to-radar = Vers le radar
deal-deal = Affaire
deal-name = Nom de l’affaire
deal-rename = Renommer
deal-renamed = Affaire renommée.
deal-open-plan = Ouvrir le plan
deal-supplier = Fournisseur
deal-landed = Coût rendu
deal-arrives = Arrivée
deal-state-draft = brouillon
deal-state-offered = offerte
deal-state-agreed = convenue
deal-state-shipped = expédiée
deal-state-cleared = dédouanée
deal-state-paid = payée
deal-state-closed = close
deal-state-cancelled = annulée
deal-to-draft = Revenir au brouillon
deal-to-offered = Marquer comme offerte
deal-to-agreed = Marquer comme convenue
deal-to-shipped = Marquer comme expédiée
deal-to-cleared = Marquer comme dédouanée
deal-to-paid = Marquer comme payée
deal-to-closed = Clore l’affaire
deal-to-cancelled = Annuler l’affaire
deal-life = Vie de l’affaire
deal-next = Ensuite :
deal-no-next = Cette affaire est à son terme. Aucune autre étape n’est possible.
deal-step-done = fait
deal-step-note = L’affaire passe de « { $from } » à « { $to } ». C’est inscrit dans son historique et ne peut être repris.
deal-step-text = Un mot pour l’historique (facultatif)
deal-moved = L’affaire est maintenant : { $state }.
deal-plan = Le plan tel qu’accepté : { $plan }
deal-plan-note = Une copie faite lors de l’acceptation. Elle reste telle quelle, quoi que disent les registres aujourd’hui.
deal-range = P10 – P90
deal-on-time = À temps
deal-route = Itinéraire
deal-terms = Conditions
deal-payment = Paiement
deal-finance = Financement
deal-hedge = Couverture de change
deal-cover = Assurance cargaison
deal-lines = Lignes de coût
deal-line = Ligne
deal-payer = Payé par
deal-payer-seller = vendeur
deal-payer-buyer = acheteur
deal-amount = Montant
deal-recoverable = (récupérable, hors total)
deal-total = Total
deal-total-at-least = Total, au moins
deal-unknown = Hors du total, car inconnu : { $parts }
deal-findings =
    { $count ->
        [one] { $count } constat
       *[other] { $count } constats
    }
deal-dates = Dates
deal-dates-none = Aucune date n’est fixée.
deal-date-what = Quoi
deal-date-day = Jour
deal-date-set = Fixer
deal-date-offer_valid = offre valable jusqu’au
deal-date-signed = contrat signé
deal-date-cargo_ready = marchandise prête
deal-date-departure = départ
deal-date-arrival = arrivée
deal-date-clearance = dédouanement
deal-date-payment_due = échéance de paiement
deal-people = Personnes
deal-people-none = Personne n’est encore nommé.
deal-person-add = Ajouter une personne
deal-person-name = Nom
deal-person-role = Rôle dans l’affaire
deal-person-role-hint = par exemple transitaire, inspecteur, contact du fournisseur
deal-person-contact = Courriel ou téléphone
deal-note = Note
deal-note-text = Ce qu’il faut retenir
deal-note-add = Ajouter la note
deal-papers = Documents
deal-papers-none = Aucun document n’est gardé avec cette affaire.
deal-paper-drop = Déposez ici un document
deal-paper-limit = Au plus { $size }. Il est gardé avec sa somme de contrôle.
deal-paper-large = { $name } fait { $size } : trop grand. Divisez-le, ou réduisez la résolution.
deal-paper-added = { $name } est gardé.
deal-paper-name = Document
deal-paper-kind = Genre de document
deal-paper-size = Taille
deal-paper-at = Ajouté
deal-paper-contract = contrat
deal-paper-invoice = facture
deal-paper-packing_list = liste de colisage
deal-paper-bill_of_lading = connaissement
deal-paper-certificate = certificat
deal-paper-customs = document douanier
deal-paper-payment = paiement
deal-paper-other = autre
deal-history = Historique
deal-history-note = Les entrées s’ajoutent seulement ; aucune n’est modifiée ni retirée.
deal-event-state = Étape
deal-event-note = Note
deal-event-paper = Document
deal-event-person = Personne
deal-event-date = Date
deal-event-title = Nom
deal-event-created = Début

## Veilles et alertes

watches-title = Veilles
watches-lead = Quand un registre change, les plans surveillés sont balayés de nouveau. Vous n’êtes averti que si leur ordre ou leur faisabilité change.
watches-search = Chercher des veilles
watches-none = Rien n’est surveillé
watches-none-text = Surveillez un plan depuis le radar.
watch-watch = Veille
watch-plan = Plan
watch-whole = toute la réponse
watch-swept = Dernier balayage
watch-state-active = en veille
watch-state-paused = suspendue
watch-pause = Suspendre
watch-paused = « { $title } » est suspendue.
watch-resume = Reprendre
watch-resumed = « { $title } » est de nouveau en veille.
watch-delete = Supprimer la veille
watch-delete-text = « { $title } » n’est plus balayée. Ses alertes disparaissent ; la réponse reste.
watch-deleted = Veille supprimée.
watch-gone = une veille
watch-none-new = aucune nouvelle
alerts-title = Alertes
alerts-new = Nouvelles
alerts-unseen =
    { $count ->
        [one] { $count } nouvelle
       *[other] { $count } nouvelles
    }
alerts-all-seen = Tout marquer comme vu
alerts-none = Pas de nouvelle alerte
alerts-never = Aucune alerte jusqu’ici
alerts-none-text = Rien de ce qui est surveillé n’a changé d’ordre ni cessé d’être faisable.
alert-kind-order = ordre changé
alert-kind-feasibility = faisabilité changée
alert-because = à cause de
alert-open-plan = Ouvrir le plan
alert-seen = Marquer comme vu
alert-seen-of = Marquer comme vu : { $title }
alert-was-seen = vu
alert-delta = Ce qui a changé : { $title }
alert-figure = Chiffre
alert-figure-rank = Rang
alert-figure-feasible = Faisable
alert-figure-duty = Droits
alert-before = Avant
alert-after = Après
alert-text = En mots

## Réglages

settings-title = Réglages
settings-lead = Votre entreprise, ses personnes et ses clés, ce qu’elle dit à d’autres systèmes, et ce qui lui appartient.
settings-general = Entreprise et vous
settings-people = Personnes et rôles
settings-keys = Clés d’API
settings-webhooks = Webhooks
settings-audit = Audit
settings-data = Données
settings-saved = Enregistré.
settings-firm = Entreprise
settings-firm-name = Nom de l’entreprise
settings-id = Identifiant
settings-you = Vous
settings-name = Nom
settings-email = Courriel
settings-role = Rôle
settings-mode = Connexion
settings-mode-local = aucune : Periplus tourne pour vous seul sur cet ordinateur
settings-mode-login = requise
settings-version = Version
settings-today = Aujourd’hui
settings-sign-out = Se déconnecter
people-text = Qui peut se connecter, et ce que chacun peut faire.
people-local = Aucune connexion n’est requise pour l’instant. Les personnes comptent dès que le serveur demande une connexion.
people-none = Personne d’autre que vous
people-you = vous
people-on = peut se connecter
people-off = bloqué
people-way = Connexion par
people-way-password = mot de passe
people-way-provider = fournisseur d’identité
people-may-sign-in = peut se connecter
people-add = Ajouter une personne
people-first = Dès lors, chacun devra se connecter, vous aussi. La première personne est donc un administrateur : créez-vous vous-même et gardez le mot de passe.
people-first-do = Ajouter et exiger la connexion
people-added = { $name } est ajouté.
people-password = Premier mot de passe
people-password-first = Au moins { $least } caractères. Vous vous connectez avec lui aussitôt.
people-password-hint = Au moins { $least } caractères. Peut rester vide si l’on se connecte par votre fournisseur d’identité.
people-password-short = Moins de { $least } caractères
people-roles = Ce que permet chaque rôle
people-remove = Retirer { $name }
people-remove-do = Retirer
people-remove-text = Ses sessions et ses clés prennent fin aussitôt. Ce que cette personne a fait reste dans l’historique et l’audit.
people-removed = { $name } est retiré.
keys-text = Pour les programmes : envoyez « Authorization: Bearer » avec la clé. Une clé peut ce que peut son rôle.
keys-none = Pas encore de clé
keys-name = À quoi sert la clé
keys-make = Créer une clé
keys-made = La clé « { $name } » est créée.
keys-once = Copiez le secret maintenant : il n’est montré qu’une fois et n’est gardé que haché.
keys-kept = Je l’ai gardé
keys-prefix = Commence par
keys-used = Dernier usage
keys-never = jamais
keys-revoke = Révoquer
keys-revoke-title = Révoquer la clé « { $name } » ?
keys-revoke-text = Les programmes qui l’utilisent sont refusés aussitôt. C’est irréversible.
keys-revoked = La clé « { $name } » est révoquée.
hooks-text = Periplus dit à d’autres systèmes ce qui s’est passé, signé dans l’en-tête
hooks-none = Pas encore de webhook
hooks-url = Adresse
hooks-url-hint = Adresses publiques seulement, en https. Les adresses internes au réseau sont refusées.
hooks-kinds = Averti de
hooks-kind = Événement
hooks-kind-book = registres
hooks-kind-job = tâches
hooks-kind-alert = alertes
hooks-kind-deal = affaires
hooks-kind-answer = réponses
hooks-add = Ajouter un webhook
hooks-made = Webhook ajouté. Voici le secret pour vérifier les signatures.
hooks-delete = Supprimer le webhook
hooks-delete-text = Plus rien n’est envoyé à
hooks-deleted = Webhook supprimé.
hooks-deliveries = Envois
hooks-no-deliveries = Rien n’a encore été envoyé.
hooks-state-delivered = livré
hooks-state-waiting = en attente
hooks-state-dead = abandonné
hooks-attempts = Essais
hooks-error = Ce qui n’a pas marché
hooks-next = De nouveau
hooks-dead = Lettres mortes
hooks-dead-text = Ce qui n’a pu être livré après tous les essais attend ici.
hooks-dead-none = Il n’y en a pas.
hooks-retry = Renvoyer
hooks-retried = Ce sera renvoyé.
audit-text = Qui a fait quoi. Chaque entrée porte l’empreinte de la précédente : aucune ne peut être modifiée ni retirée sans que cela se voie.
audit-search = Chercher dans l’audit
audit-none = Rien n’est encore inscrit.
audit-verify = Vérifier la chaîne
audit-sound =
    { $count ->
        [one] La chaîne de { $count } entrée est intacte.
       *[other] La chaîne de { $count } entrées est intacte.
    }
audit-broken = La chaîne est rompue à l’entrée { $seq } sur { $count }. Quelqu’un a modifié le journal.
audit-seq = N°
audit-at = Quand
audit-who = Qui
audit-what = Quoi
audit-object = Sur quoi
audit-hash = Empreinte
data-export = Emporter vos données
data-export-text = Tout ce que votre entreprise garde ici, en un ZIP avec un fichier de lignes JSON par genre.
data-export-do = Exporter mes données
data-backup = Sauvegarde
data-backup-text = Qui exploite le serveur le sauvegarde en marche, et le restaure, en ligne de commande :
data-erase = Effacer
data-erase-text = Efface tout ce que { $name } garde ici : offres, besoins, réponses, affaires et documents, veilles, personnes et clés. Les registres restent ; ils sont à tous.
data-erase-do = Tout effacer
data-erase-typed = Tapez le nom de l’entreprise pour confirmer : { $name }
data-erase-last = C’est irréversible. Exportez d’abord vos données si vous pouvez en avoir besoin.

## Connexion

signin-title = Connexion
signin-email = Courriel
signin-password = Mot de passe
signin-show = Montrer le mot de passe
signin-do = Se connecter
signin-or = ou
signin-oidc = Se connecter par votre organisation
signin-oidc-failed = Votre fournisseur d’identité ne vous a pas laissé entrer. Réessayez, ou demandez à votre administrateur.
signin-help = Mot de passe oublié ? Demandez à un administrateur de votre entreprise.
signin-local = Periplus tourne pour vous seul sur cet ordinateur. Aucune connexion n’est requise.
signin-already = Vous êtes connecté : { $name }.
signin-go = Continuer
