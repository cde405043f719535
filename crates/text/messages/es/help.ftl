## Órdenes

help-about = Mide el desempeño de la aduana a partir de los registros de sus propios sistemas
help-demo = Crea una administración ficticia, la mide y escribe una página
help-init = Crea un nodo nuevo
help-doctor = Comprueba si aquí todo está en orden
help-framework = Trabaja con las definiciones de los indicadores
help-framework-check = Comprueba las definiciones y ejecuta sus casos de prueba
help-framework-show = Muestra el árbol de un marco o un indicador
help-framework-diff = Compara dos versiones de un marco e indica qué series se rompen
help-framework-schema = Muestra el JSON Schema de un tipo de archivo, para editores de texto
help-ingest = Carga archivos de origen como registros; lo que no encaja pasa a cuarentena
help-ready = Indica qué indicadores se pueden medir a partir de los registros y por qué no los demás
help-check = Ejecuta las comprobaciones de datos
help-measure = Mide los indicadores
help-show = Muestra los valores medidos
help-explain = Explica un valor, un indicador o un código de diagnóstico
help-explain-kpi = De dónde viene el valor de un indicador
help-completions = Escribe el autocompletado para un intérprete de órdenes
help-man = Escribe la página de manual
help-version = Muestra la versión y lo que esta puede leer
help-schema = Muestra el JSON Schema de un tipo de archivo, para editores de texto
help-help = Muestra la ayuda de una orden

## Opciones y argumentos

help-flag-node = Carpeta del nodo
help-flag-lang = Idioma: en, fr, es, ru, ar, zh o pt, con una región si se desea (ar-EG)
help-flag-quiet = Solo indica lo que salió mal
help-flag-verbose = Da más detalles
help-flag-no-progress = Sin barras de progreso
help-flag-color = Cuándo usar colores; se respeta NO_COLOR
help-flag-log-format = Forma de lo que se escribe en stderr
help-flag-help = Muestra la ayuda
help-flag-version = Muestra la versión
help-flag-format = Formato de los datos
help-flag-out = Escribe en este archivo en lugar de stdout (necesario para parquet)
help-flag-demo-out = Carpeta del nodo que se crea
help-flag-rows = Número aproximado de declaraciones
help-flag-months = Número de meses
help-flag-offices = Número de aduanas
help-flag-seed = Semilla del azar; la misma semilla da los mismos bytes
help-flag-init-folder = Carpeta del nodo nuevo
help-flag-init-mapping = Paquete de correspondencias inicial
help-flag-init-code = Código de la administración, por ejemplo el código ISO 3166 de su país
help-flag-name = Nombre de la administración
help-flag-zone = Zona horaria IANA
help-flag-currency = Moneda nacional, ISO 4217
help-flag-folder = Carpeta del marco; si no se indica, la del nodo o la incluida en el programa
help-flag-kpi = Identificador del indicador
help-flag-old = Carpeta de la versión antigua, u `open-customs`
help-flag-new = Carpeta de la versión nueva, u `open-customs`
help-flag-kind = Tipo de archivo
help-flag-sources = Carpeta de archivos de origen o un solo archivo
help-flag-mapping = Solo esta correspondencia
help-flag-retry = Reintenta las filas en cuarentena, una vez corregida una correspondencia
help-flag-again = Vuelve a leer también lo que no ha cambiado
help-flag-letter = Muestra una carta que pide a la unidad de informática los campos que faltan
help-flag-kpis = Indicadores, por su identificador
help-flag-select = Qué indicadores: `dimension:tf,kpi:TF-13,outcome:tf.faster-release`
help-flag-period = Períodos: `2025`, `2025-S1`, `2025-Q2`, `2025-03`, `2025-01..2025-06`, `FY2025`
help-flag-by = Desgloses: `office,mode` uno tras otro, `office+mode` cruzados
help-flag-memory = Límite de memoria
help-flag-threads = Hilos; si no se indica, todos los núcleos
help-flag-exit-zero = Termina con el código 0 aunque fallen comprobaciones
help-flag-fail-on = Gravedad a partir de la cual cuenta una comprobación fallida
help-flag-severity = Gravedad mínima que se muestra
help-flag-grain = Duración de los períodos: month, quarter, half, year; si no se indica, todas
help-flag-as-of = Momento de la extracción: un día o una fecha y hora RFC 3339; lo posterior se desconoce
help-flag-fresh = Mide de nuevo lo que ya está medido
help-flag-explain = Muestra el plan de cada recorrido de los datos y su SQL en lugar de ejecutarlo
help-flag-run = Una ejecución, por su hash; si no se indica, la más reciente
help-flag-page = Escribe la página de la ejecución en este archivo, en el idioma solicitado
help-flag-code = Código de un diagnóstico, por ejemplo F0304
help-flag-explain-kpi-period = Período; si no se indica, el último año
help-flag-shell = Intérprete de órdenes

## Encabezados y notas al final de una línea

help-heading-usage = Uso
help-heading-commands = Órdenes
help-heading-arguments = Argumentos
help-heading-options = Opciones
help-heading-global = Opciones globales
help-heading-examples = Ejemplos
help-exit-codes = Códigos de salida: 0 terminado, 1 comprobaciones fallidas o algún valor seleccionado no calculable, 2 uso incorrecto, 3 definición, correspondencia o configuración no válida, 4 entrada ausente o ilegible, 5 red, 6 no permitido, 7 la verificación no coincide, 70 error interno, 130 interrumpido (se conserva el trabajo terminado).
