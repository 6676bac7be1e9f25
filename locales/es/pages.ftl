# Páginas junto al radar: libros, proveedores, cotizaciones, necesidades, negocios, vigilancias, ajustes, acceso.

## Común

pg-all = Todos
pg-state = Estado
pg-made = Creado
pg-changed = Cambiado
pg-clear = Mostrar todo
pg-nothing-found = Nada coincide con lo que busca.
pg-needed = (necesario)
pg-copy = Copiar
pg-copied = Copiado
pg-undo = Deshacer
pg-choose-file = Elegir un archivo
pg-reading = Leyendo
pg-download = Descargar
pg-download-as = Descargar { $name } como { $format }
pg-shown =
    { $count ->
        [one] { $count } mostrado
       *[other] { $count } mostrados
    }
pg-shown-of = { $count } de { $total }
pg-read-only = Su función ({ $role }) permite leer aquí y no cambiar nada.
pg-read-only-admin = Su función ({ $role }) permite leer aquí. Los cambios los hacen los administradores.
pg-barred = Reservado a la función { $role } y superiores.
pg-conflict = Otra persona lo cambió entretanto. Su cambio no se ha guardado.

## Funciones

role-viewer = Lector
role-buyer = Comprador
role-analyst = Analista
role-compliance = Cumplimiento
role-bank = Banco
role-admin = Administrador
role-what-viewer = lee todo lo de la empresa, no cambia nada
role-what-buyer = además rastrea, guarda necesidades, cotizaciones y vigilancias, hace negocios y los lleva
role-what-analyst = además configura webhooks
role-what-compliance = además lee la auditoría y exporta los datos de la empresa
role-what-bank = lo mismo, para personas del banco de la empresa
role-what-admin = además cambia libros, personas, claves y ajustes, y puede borrar

## Libros

books-title = Libros
books-lead =
    { $count ->
        [one] { $count } conjunto de datos, { $imported } importado, { $poor } antiguo o dañado. Cada cifra del radar sale de uno de ellos.
       *[other] { $count } conjuntos de datos, { $imported } importados, { $poor } antiguos o dañados. Cada cifra del radar sale de uno de ellos.
    }
books-lead-short = Cada cifra del radar sale de uno de ellos.
books-search = Buscar libros, editores, licencias
books-none = Ningún libro coincide.
books-none-text = Quite un filtro o busque otra palabra.
book-dataset = Conjunto de datos
book-name = Nombre
book-edition = Edición
book-editions = Ediciones
book-editions-count =
    { $count ->
        [one] { $count } edición
       *[other] { $count } ediciones
    }
book-date = A fecha de
book-age = hace { $age }
book-age-unknown = antigüedad desconocida
book-months =
    { $count ->
        [one] { $count } mes
       *[other] { $count } meses
    }
book-licence = Licencia
book-rows = Filas
book-rows-count =
    { $count ->
        [one] { $shown } fila
       *[other] { $shown } filas
    }
book-size = Tamaño
book-health = Salud
book-health-ok = sano
book-health-old = antiguo
book-health-damaged = dañado
book-health-missing = falta
book-basis = Base
book-from = Origen
book-imported = importado
book-imported-at = importado el { $at }
book-bundled = incluido
book-verify = Comprobar todas las sumas
book-verify-sound = Todas las sumas de comprobación son correctas.
book-verify-damaged =
    { $count ->
        [one] { $count } libro está dañado o falta.
       *[other] { $count } libros están dañados o faltan.
    }
book-open = Abrir el libro
book-how = Cómo está hecho
book-made-by = Hecho por
book-inputs =
    { $count ->
        [one] Hecho a partir de { $count } archivo
       *[other] Hecho a partir de { $count } archivos
    }
book-tables = Tablas
book-table-search = Buscar en { $table }
book-no-tables = Este libro no tiene tablas.
book-no-rows = Ninguna fila coincide.
book-in-force = en vigor
book-one-edition = Solo hay una edición. Una importación crea otra junto a ella.
book-import = Importar
book-drop = Suelte aquí un archivo oficial
book-drop-text = Primero solo se prueba: usted ve qué pasaría con cada fila antes de que cambie nada. CSV, XLSX, Parquet, también comprimidos.
book-hints = El archivo no dice qué es
book-kind = Clase
book-kind-hint = vacío: se deduce del archivo
book-vintage = Fecha de los datos
book-vintage-hint = por ejemplo 2026 o 2026-04-13
book-economy = Economía
book-economy-hint = dos letras, para el arancel de una economía
book-trying = Probando { $file } ({ $size }). No se cambia nada.
book-again = Probar de nuevo
book-dry-failed = { $file } no se puede importar.
book-failed = La importación de { $file } falló.
book-old-stays = El libro anterior sigue en vigor, sin cambios.
book-old-stays-edition = El libro anterior sigue en vigor, sin cambios: edición { $edition }.
book-dry-title = Probado: { $file }
book-dry-note = Aún no se ha cambiado nada. Lea el informe y decida.
book-install = Poner { $rows } filas en { $book }
book-installed = El libro { $book } es ahora la edición { $edition }.
book-throw-away = No cambiar nada
book-report-what = Clase { $kind }, para el libro { $book }, edición { $edition }
book-report-unchanged = Este archivo da la edición que ya está en vigor. No hay nada que hacer.
book-report-csv = Informe en CSV
book-read = filas leídas
book-accepted = aceptadas
book-fate = Qué pasó
book-fate-repaired = reparadas
book-fate-set_aside = apartadas
book-fate-rejected = rechazadas
book-reasons = Todas las razones, contadas
book-rows-told = Filas que no se tomaron sin más
book-rows-sampled = Se muestran { $shown } de { $all } filas: las primeras de cada razón. Arriba están contadas todas.
book-rows-clean = Todas las filas se tomaron tal como están.
book-line = Línea
book-column = Columna
book-reason = Razón
book-found = Encontrado
book-diff-title = Diferencia con la edición en vigor
book-diff-none = No se pueden mostrar diferencias de este libro.
book-diff-same = Las tablas son iguales.
book-diff-rows = Filas que difieren
book-diff-change = Cambio
book-diff-added = añadido
book-diff-removed = quitado
book-diff-changed = cambiado
book-diff-more =
    { $count ->
        [one] { $shown } fila más difiere.
       *[other] { $shown } filas más difieren.
    }
book-diff-from = De
book-diff-to = A
book-diff-show = Mostrar la diferencia
book-roll-back = Volver atrás
book-roll-back-title = ¿Volver atrás { $title }?
book-roll-back-to = La edición { $now } deja de estar en vigor y vuelve la edición { $before }.
book-roll-back-bundled = La edición { $now } deja de estar en vigor y vuelve la anterior.
book-roll-back-note = Los nuevos rastreos la usan enseguida, las vigilancias se repiten y las respuestas guardadas quedan como están.
book-rolled-back = La edición { $edition } está otra vez en vigor.

## Proveedores y cotizaciones

suppliers-title = Proveedores
suppliers-lead = Las empresas cuyas cotizaciones guarda. Sus precios están junto a las referencias de países enteros.
suppliers-search = Buscar proveedores
suppliers-none = Aún no hay proveedores
suppliers-none-text = Traiga una tabla de cotizaciones; los proveedores vienen con ella.
supplier-bring = Traer cotizaciones
supplier-economy = Economía
supplier-quotes = Cotizaciones
supplier-expired =
    { $count ->
        [one] { $count } vencida
       *[other] { $count } vencidas
    }
supplier-goods = Mercancías
supplier-last = Última cotización
quotes-title = Cotizaciones
quotes-lead = Cada cotización entra en los rastreos como oferta observada, junto a las referencias de países, hasta que vence.
quotes-search = Buscar proveedores, mercancías, lugares
quotes-none = Aún no hay cotizaciones
quotes-none-text = Suelte arriba la hoja de un proveedor o añada una cotización a mano. Hasta entonces, los rastreos usan referencias de países.
quote-drop = Suelte aquí la hoja de un proveedor
quote-drop-text = CSV o XLSX, encabezados en inglés o chino. Usted asigna las columnas y luego se comprueba cada fila.
quote-upload-failed = La hoja no se leyó. Sus cotizaciones están como estaban.
quote-waiting = Hojas sin terminar
quote-sheet-mapping = columnas por asignar
quote-sheet-checked = comprobada, no aceptada
quote-sheet-accepted = aceptada
quote-resume = Continuar
quote-sheet-title = Hoja: { $name }
quote-map = Las columnas y lo que contienen
quote-map-text = Diga qué contiene cada columna. Lo marcado con * es necesario.
quote-map-column = Columna
quote-map-samples = Primeros valores
quote-map-field = Contiene
quote-map-of = Qué contiene la columna { $column }
quote-map-ignore = no se usa
quote-map-guessed = supuesto
quote-map-missing = Ninguna columna contiene: { $fields }
quote-map-goods = Ni el código SA ni una descripción de la mercancía están en una columna; hace falta uno de los dos.
quote-check = Comprobar cada fila
quote-throw-away = Desechar la hoja
quote-report = Qué pasó con las filas
quote-duplicate = repetidas
quote-note-repair = reparada
quote-note-remark = a saber
quote-note-rejection = rechazada
quote-accept =
    { $count ->
        [one] Guardar { $shown } cotización
       *[other] Guardar { $shown } cotizaciones
    }
quote-left-out =
    { $count ->
        [one] { $count } fila queda fuera.
       *[other] { $count } filas quedan fuera.
    }
quote-stored =
    { $count ->
        [one] { $count } cotización guardada y usada en los rastreos.
       *[other] { $count } cotizaciones guardadas y usadas en los rastreos.
    }
quote-add = Añadir una cotización
quote-added = Cotización de { $supplier } añadida.
quote-edit = Editar la cotización
quote-edit-of = Editar la cotización de { $supplier }
quote-saved = Cotización guardada.
quote-delete-of = Eliminar la cotización de { $supplier }
quote-deleted = Cotización de { $supplier } eliminada.
quote-of = Cotizaciones de { $supplier }
quote-price = { $price } { $currency } por { $unit }
quote-terms = Condiciones
quote-expired = vencida
quote-form-hint = Escriba como en una hoja de cálculo: «28 days», «500 kg», «Ningbo». Basta el código SA o la mercancía.
quote-conflict = Otra persona cambió esta cotización entretanto. La suya aún no se ha guardado.
quote-conflict-yours = la suya: { $value }
quote-conflict-theirs = Tomar la otra
quote-conflict-mine = Guardar lo que cambié
quote-field-supplier = Proveedor
quote-field-hs = Código SA
quote-field-goods = Mercancía
quote-field-price = Precio
quote-field-unit = Unidad del precio
quote-field-currency = Moneda
quote-field-incoterm = Incoterm
quote-field-place = Lugar
quote-field-country = Hecho en
quote-field-lead_time = Plazo
quote-field-minimum = Pedido mínimo
quote-field-valid_until = Válida hasta
quote-field-certificates = Certificados
quote-field-unit_weight = Peso de una unidad, kg

## Necesidades

needs-title = Necesidades
needs-lead = Lo que quiere comprar o vender, guardado para rastrearlo de nuevo, y todas las respuestas.
needs-answers = Respuestas
needs-search = Buscar necesidades
needs-none = No hay ninguna necesidad guardada
needs-none-text = Añada una o guarde una desde el radar.
need-need = Necesidad
need-add = Añadir una necesidad
need-added = Necesidad guardada.
need-saved = Necesidad actualizada.
need-delete = Eliminar la necesidad
need-deleted = Necesidad eliminada.
need-scan = Rastrear ahora
need-answer = Respuesta
need-open-answer = Abrir la respuesta
need-no-answer = aún sin rastrear
need-text = La necesidad en sus palabras
need-text-hint = Por ejemplo: buy 5 t HS 850511 to Birmingham DAP by 2027-03-15 in GBP
need-title-field = Título
need-title-hint = puede omitirse
need-understood = Entendido así:
need-state-open = abierta
need-state-answered = respondida
need-state-dealt = cerrada en negocio
need-state-dropped = abandonada
answers-search = Buscar respuestas
answers-none = Aún no hay respuestas guardadas.
answer-sample = ejemplo
answer-plans = Planes
answer-no-plan = ningún plan
answer-best = Mejor, puesto en destino
answer-arrives = Llega
answer-at = Respondido

## Negocios

deals-title = Negocios
deals-lead = Los planes que aceptó, del borrador al cierre, con fechas, documentos, personas y todo lo ocurrido.
deals-search = Buscar negocios
deals-none = Aún no hay negocios
deals-none-text = Un negocio empieza cuando acepta un plan en el radar.
deal-to-radar = Al radar
deal-deal = Negocio
deal-name = Nombre del negocio
deal-rename = Renombrar
deal-renamed = Negocio renombrado.
deal-open-plan = Abrir el plan
deal-supplier = Proveedor
deal-landed = Coste en destino
deal-arrives = Llega
deal-state-draft = borrador
deal-state-offered = ofrecido
deal-state-agreed = acordado
deal-state-shipped = embarcado
deal-state-cleared = despachado
deal-state-paid = pagado
deal-state-closed = cerrado
deal-state-cancelled = cancelado
deal-to-draft = Volver a borrador
deal-to-offered = Marcar como ofrecido
deal-to-agreed = Marcar como acordado
deal-to-shipped = Marcar como embarcado
deal-to-cleared = Marcar como despachado
deal-to-paid = Marcar como pagado
deal-to-closed = Cerrar el negocio
deal-to-cancelled = Cancelar el negocio
deal-life = Vida del negocio
deal-next = Siguiente:
deal-no-next = Este negocio ha llegado a su fin. No hay más pasos.
deal-step-done = hecho
deal-step-note = El negocio pasa de «{ $from }» a «{ $to }». Queda escrito en su historial y no se puede deshacer.
deal-step-text = Unas palabras para el historial (puede omitirse)
deal-moved = El negocio está ahora: { $state }.
deal-plan = El plan tal como se aceptó: { $plan }
deal-plan-note = Una copia hecha al aceptarlo. Queda como era, digan lo que digan ahora los libros.
deal-range = P10 – P90
deal-on-time = A tiempo
deal-route = Ruta
deal-terms = Condiciones
deal-payment = Pago
deal-finance = Financiación
deal-hedge = Cobertura de cambio
deal-cover = Seguro de carga
deal-lines = Líneas de coste
deal-line = Línea
deal-payer = Paga
deal-payer-seller = vendedor
deal-payer-buyer = comprador
deal-amount = Importe
deal-recoverable = (se recupera, no está en el total)
deal-total = Total
deal-total-at-least = Total, al menos
deal-unknown = No está en el total, por desconocido: { $parts }
deal-findings =
    { $count ->
        [one] { $count } hallazgo
       *[other] { $count } hallazgos
    }
deal-dates = Fechas
deal-dates-none = No hay fechas fijadas.
deal-date-what = Qué
deal-date-day = Día
deal-date-set = Fijar
deal-date-offer_valid = oferta válida hasta
deal-date-signed = contrato firmado
deal-date-cargo_ready = carga lista
deal-date-departure = salida
deal-date-arrival = llegada
deal-date-clearance = despacho de aduana
deal-date-payment_due = vencimiento del pago
deal-people = Personas
deal-people-none = Aún no se nombra a nadie.
deal-person-add = Añadir una persona
deal-person-name = Nombre
deal-person-role = Papel en el negocio
deal-person-role-hint = por ejemplo transitario, inspector, contacto del proveedor
deal-person-contact = Correo o teléfono
deal-note = Nota
deal-note-text = Lo que hay que recordar
deal-note-add = Añadir la nota
deal-papers = Documentos
deal-papers-none = No hay documentos guardados con este negocio.
deal-paper-drop = Suelte aquí un documento
deal-paper-limit = Como máximo { $size }. Se guarda con su suma de comprobación.
deal-paper-large = { $name } ocupa { $size }: demasiado grande. Divídalo o reduzca la resolución.
deal-paper-added = { $name } está guardado.
deal-paper-name = Documento
deal-paper-kind = Clase de documento
deal-paper-size = Tamaño
deal-paper-at = Añadido
deal-paper-contract = contrato
deal-paper-invoice = factura
deal-paper-packing_list = lista de empaque
deal-paper-bill_of_lading = conocimiento de embarque
deal-paper-certificate = certificado
deal-paper-customs = documento de aduana
deal-paper-payment = pago
deal-paper-other = otro
deal-history = Historial
deal-history-note = Solo se añaden entradas; ninguna se cambia ni se quita.
deal-event-state = Paso
deal-event-note = Nota
deal-event-paper = Documento
deal-event-person = Persona
deal-event-date = Fecha
deal-event-title = Nombre
deal-event-created = Comienzo

## Vigilancias y avisos

watches-title = Vigilancias
watches-lead = Cuando cambia un libro, los planes vigilados se rastrean de nuevo. Solo se le avisa si cambia su orden o su viabilidad.
watches-search = Buscar vigilancias
watches-none = No se vigila nada
watches-none-text = Vigile un plan desde el radar.
watch-watch = Vigilancia
watch-plan = Plan
watch-whole = toda la respuesta
watch-swept = Último rastreo
watch-state-active = vigilando
watch-state-paused = en pausa
watch-pause = Pausar
watch-paused = «{ $title }» está en pausa.
watch-resume = Reanudar
watch-resumed = «{ $title }» se vigila de nuevo.
watch-delete = Eliminar la vigilancia
watch-delete-text = «{ $title }» ya no se rastrea. Sus avisos desaparecen; la respuesta queda.
watch-deleted = Vigilancia eliminada.
watch-gone = una vigilancia
watch-none-new = ninguno nuevo
alerts-title = Avisos
alerts-new = Nuevos
alerts-unseen =
    { $count ->
        [one] { $count } nuevo
       *[other] { $count } nuevos
    }
alerts-all-seen = Marcar todos como vistos
alerts-none = Ningún aviso nuevo
alerts-never = Ningún aviso hasta ahora
alerts-none-text = Nada de lo vigilado ha cambiado de orden ni ha dejado de ser viable.
alert-kind-order = cambió el orden
alert-kind-feasibility = cambió la viabilidad
alert-because = por
alert-open-plan = Abrir el plan
alert-seen = Marcar como visto
alert-seen-of = Marcar como visto: { $title }
alert-was-seen = visto
alert-delta = Qué cambió: { $title }
alert-figure = Cifra
alert-figure-rank = Puesto
alert-figure-feasible = Viable
alert-figure-duty = Derechos
alert-before = Antes
alert-after = Después
alert-text = En palabras

## Ajustes

settings-title = Ajustes
settings-lead = Su empresa, sus personas y claves, lo que comunica a otros sistemas y lo que es suyo.
settings-general = Empresa y usted
settings-people = Personas y funciones
settings-keys = Claves de API
settings-webhooks = Webhooks
settings-audit = Auditoría
settings-data = Datos
settings-saved = Guardado.
settings-firm = Empresa
settings-firm-name = Nombre de la empresa
settings-id = Identificador
settings-you = Usted
settings-name = Nombre
settings-email = Correo
settings-role = Función
settings-mode = Acceso
settings-mode-local = ninguno: Periplus funciona solo para usted en este ordenador
settings-mode-login = obligatorio
settings-version = Versión
settings-today = Hoy
settings-sign-out = Salir
people-text = Quién puede entrar y qué puede hacer cada cual.
people-local = Ahora no hace falta acceso. Las personas cuentan cuando el servidor lo pide.
people-none = Nadie más que usted
people-you = usted
people-on = puede entrar
people-off = bloqueada
people-way = Entra por
people-way-password = contraseña
people-way-provider = proveedor de identidad
people-may-sign-in = puede entrar
people-add = Añadir una persona
people-first = Desde entonces todos deben entrar con contraseña, también usted. Por eso la primera persona es administradora: créese a sí mismo y guarde la contraseña.
people-first-do = Añadir y exigir el acceso
people-added = { $name } está añadido.
people-password = Primera contraseña
people-password-first = Al menos { $least } caracteres. Entrará con ella enseguida.
people-password-hint = Al menos { $least } caracteres. Puede quedar vacía si se entra por su proveedor de identidad.
people-password-short = Menos de { $least } caracteres
people-roles = Qué permite cada función
people-remove = Quitar a { $name }
people-remove-do = Quitar
people-remove-text = Sus sesiones y claves terminan enseguida. Lo que hizo queda en el historial y en la auditoría.
people-removed = { $name } ya no está.
keys-text = Para programas: envíe «Authorization: Bearer» con la clave. Una clave puede lo que puede su función.
keys-none = Aún no hay claves
keys-name = Para qué sirve la clave
keys-make = Crear una clave
keys-made = La clave «{ $name }» está creada.
keys-once = Copie el secreto ahora: se muestra esta única vez y solo se guarda su resumen.
keys-kept = Ya lo guardé
keys-prefix = Empieza por
keys-used = Último uso
keys-never = nunca
keys-revoke = Revocar
keys-revoke-title = ¿Revocar la clave «{ $name }»?
keys-revoke-text = Los programas que la usan se rechazan enseguida. No se puede deshacer.
keys-revoked = La clave «{ $name }» está revocada.
hooks-text = Periplus comunica a otros sistemas lo que ocurrió, firmado en el encabezado
hooks-none = Aún no hay webhooks
hooks-url = Dirección
hooks-url-hint = Solo direcciones públicas, por https. Se rechazan las de la red interna.
hooks-kinds = Se comunica
hooks-kind = Suceso
hooks-kind-book = libros
hooks-kind-job = tareas
hooks-kind-alert = avisos
hooks-kind-deal = negocios
hooks-kind-answer = respuestas
hooks-add = Añadir un webhook
hooks-made = Webhook añadido. Este es el secreto para comprobar las firmas.
hooks-delete = Eliminar el webhook
hooks-delete-text = Ya no se envía nada a
hooks-deleted = Webhook eliminado.
hooks-deliveries = Entregas
hooks-no-deliveries = Aún no se ha enviado nada.
hooks-state-delivered = entregado
hooks-state-waiting = en espera
hooks-state-dead = abandonado
hooks-attempts = Intentos
hooks-error = Qué falló
hooks-next = De nuevo
hooks-dead = Cartas muertas
hooks-dead-text = Lo que no pudo entregarse tras todos los intentos espera aquí.
hooks-dead-none = No hay ninguna.
hooks-retry = Enviar de nuevo
hooks-retried = Se enviará de nuevo.
audit-text = Quién hizo qué. Cada entrada lleva el resumen de la anterior, así que ninguna puede cambiarse ni quitarse sin que se vea.
audit-search = Buscar en la auditoría
audit-none = Aún no hay nada registrado.
audit-verify = Verificar la cadena
audit-sound =
    { $count ->
        [one] La cadena de { $count } entrada está íntegra.
       *[other] La cadena de { $count } entradas está íntegra.
    }
audit-broken = La cadena está rota en la entrada { $seq } de { $count }. Alguien cambió el registro.
audit-seq = N.º
audit-at = Cuándo
audit-who = Quién
audit-what = Qué
audit-object = Sobre qué
audit-hash = Resumen
data-export = Llévese sus datos
data-export-text = Todo lo que su empresa guarda aquí, en un ZIP con un archivo de líneas JSON por clase.
data-export-do = Exportar mis datos
data-backup = Copia de seguridad
data-backup-text = Quien opera el servidor lo copia en marcha y lo restaura desde la línea de órdenes:
data-erase = Borrar
data-erase-text = Borra todo lo que { $name } guarda aquí: cotizaciones, necesidades, respuestas, negocios y documentos, vigilancias, personas y claves. Los libros quedan; son de todos.
data-erase-do = Borrarlo todo
data-erase-typed = Escriba el nombre de la empresa para confirmar: { $name }
data-erase-last = No se puede deshacer. Exporte antes sus datos si puede necesitarlos.

## Acceso

signin-title = Entrar
signin-email = Correo
signin-password = Contraseña
signin-show = Mostrar la contraseña
signin-do = Entrar
signin-or = o
signin-oidc = Entrar por su organización
signin-oidc-failed = Su proveedor de identidad no le dejó entrar. Pruebe de nuevo o pregunte a su administrador.
signin-help = ¿Olvidó la contraseña? Pregunte a un administrador de su empresa.
signin-local = Periplus funciona solo para usted en este ordenador. No hace falta acceso.
signin-already = Ha entrado como { $name }.
signin-go = Continuar
