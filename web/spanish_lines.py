"""What the program itself says in Spanish, of answers and files and of what went wrong.

Knows words alone, by the lines in English.
"""

SPANISH_LINES = {
    "A field that is not known here.": "Un campo que aquí no se conoce.",
    "Come in first.": "Entre primero.",
    "Conversations cannot be reached; the log says why.": "No se puede acceder a las conversaciones;"
    " el registro dice por qué.",
    "Last-Event-ID is the number of an event.": "Last-Event-ID es el número de un evento.",
    "Must not be blank.": "No puede quedar en blanco.",
    "No article has this id.": "Ningún artículo tiene este nombre.",
    "Send the body as application/json.": "Envíe el cuerpo como application/json.",
    "The client went away before the answer was there.": "El cliente se fue antes de la respuesta.",
    "Something went wrong on the server. It has been logged.": "Algo ha fallado en el servidor. Ha"
    " quedado registrado.",
    "The body is not valid JSON.": "El cuerpo no es JSON válido.",
    "The index cannot be used; the log says why.": "El índice no se puede usar; el registro dice por"
    " qué.",
    "The verdict is up or down.": "El veredicto es «up» o «down».",
    "There is no index yet; run `footnote ingest` to build one.": "Todavía no hay índice; hágalo con"
    " `footnote ingest`.",
    "There is no such article.": "Ese artículo no existe.",
    "There is no such conversation or receipt here: it was deleted, or it belongs to another"
    " browser.": "Aquí no hay tal conversación ni tal recibo: se borró, o es de otro navegador.",
    "There is no such file in the folder.": "En la carpeta no hay tal archivo.",
    "There is nothing at this address.": "En esta dirección no hay nada.",
    "This address does not take this method.": "Esta dirección no admite este método.",
    "This answer is not at hand any more. Ask again.": "Esta respuesta ya no está a mano. Pregunte de"
    " nuevo.",
    "This can only be done from the site's own pages.": "Esto solo se puede hacer desde las páginas del"
    " propio sitio.",
    "This site does not answer to this host name.": "Este sitio no responde a este nombre.",
    "The request is longer than {} kB.": "La petición tiene más de {} kB.",
    "Too many answers are being written; ask again soon.": "Se están escribiendo demasiadas"
    " respuestas; pregunte de nuevo dentro de poco.",
    # Why a sentence of an answer is not borne out.
    "comparing the rows it cites gives another": "comparar las filas que cita da otra cosa",
    "no passage of the articles says this": "ningún pasaje de los artículos lo dice",
    "the passage it cites gives orders to a machine": "el pasaje que cita da órdenes a una máquina",
    "the passages it cites don’t say this": "los pasajes que cita no lo dicen",
    "the passages it cites give another rate": "los pasajes que cita dan otra proporción",
    "the passages it cites leave exceptions": "los pasajes que cita dejan excepciones",
    "the passages it cites put this together otherwise": "los pasajes que cita lo combinan de otro modo",
    "the passages it cites say the opposite": "los pasajes que cita dicen lo contrario",
    "the passages it cites say {}": "los pasajes que cita dicen «{}»",
    "what it leads into isn’t borne out": "lo que introduce no tiene respaldo",
    "{} are not in the passages it cites": "{} no están en los pasajes que cita",
    "{} is not in the passages it cites": "{} no está en los pasajes que cita",
    "no": "no",
    "yes": "sí",
    # What kept a language model from writing, and what became of the answer.
    "The articles are too many to be shown to the model whole.": "Los artículos son demasiados para"
    " mostrárselos enteros al modelo.",
    "{} wrote nothing that the passages bear out. What follows is put together from the articles’ own"
    " words.": "{} no escribió nada que los pasajes respalden. Lo que sigue está compuesto con las"
    " palabras de los propios artículos.",
    "{}. What follows is put together from the articles’ own words.": "{}. Lo que sigue está compuesto"
    " con las palabras de los propios artículos.",
    "a while": "un rato",
    "check {}": "revise {}",
    "set {}": "defina {}",
    "no reason given": "sin dar motivo",
    "the model failed: {}": "el modelo falló: {}",
    "unknown model {}; known: {}": "no hay ningún modelo {}; los que hay: {}",
    "{}: busy with other answers": "{}: está ocupado con otras respuestas",
    "{}: no word from the model in time": "{}: el modelo no respondió a tiempo",
    "{}: the answer broke off": "{}: la respuesta se interrumpió",
    "{}: the answer ran on and was cut off": "{}: la respuesta no acababa y se cortó",
    "{}: the model can’t be loaded: {}": "{}: el modelo no se puede cargar: {}",
    "{}: the model failed: {}": "{}: el modelo falló: {}",
    "{}: the model stopped before the end ({})": "{}: el modelo se detuvo antes del final ({})",
    "{}: the passages are longer than the model can read": "{}: los pasajes son más largos de lo que el"
    " modelo puede leer",
    "{}: the server can’t be reached; is it running?": "{}: no se puede llegar al servidor; ¿está en"
    " marcha?",
    "{}: the server failed ({})": "{}: el servidor falló ({})",
    "{}: the server knows no such model or address (404); check the model's name": "{}: el servidor no"
    " conoce ese modelo ni esa dirección (404); revise el nombre del modelo",
    "{}: the server refused the key ({}); {}": "{}: el servidor rechazó la clave ({}); {}",
    "{}: the server refused the request ({}): {}": "{}: el servidor rechazó la petición ({}): {}",
    "{}: too many requests; the server asks to wait {}": "{}: demasiadas peticiones; el servidor pide"
    " esperar {}",
    # Why a file of the folder is not read, and what was mended in one that is.
    "a broken link": "un enlace roto",
    "a copy: the same text as {}": "una copia: el mismo texto que {}",
    "a folder that can't be opened: {}": "una carpeta que no se puede abrir: {}",
    "a link out of the folder: put a copy there instead": "un enlace hacia fuera de la carpeta: ponga"
    " una copia en su lugar",
    "binary, no text in it": "binario, sin texto",
    "can't be opened: {}": "no se puede abrir: {}",
    "damaged, or of a kind not understood ({})": "dañado, o de un tipo que no se entiende ({})",
    "damaged: its elements are nested over 2000 deep": "dañado: sus elementos se anidan a más de 2000"
    " niveles",
    "damaged: its pages can't be found ({})": "dañado: no se encuentran sus páginas ({})",
    "damaged: its table of contents was rebuilt": "dañado: se rehízo su índice",
    "damaged: none of its pages can be read": "dañado: no se puede leer ninguna de sus páginas",
    "damaged: not a readable PDF ({})": "dañado: no es un PDF legible ({})",
    "damaged: not a readable Word document ({})": "dañado: no es un documento de Word legible ({})",
    "damaged: not a {} file inside": "dañado: por dentro no es un archivo {}",
    "damaged: page {} could not be read": "dañado: no se pudo leer la página {}",
    "damaged: reading it crashed the reader": "dañado: el lector se cerró al leerlo",
    "damaged: {}": "dañado: {}",
    "decoded as {}, which the file does not say": "leído como {}, que el archivo no declara",
    "empty": "vacío",
    "encrypted in a way that can't be read": "cifrado de un modo que no se puede leer",
    "encrypted in a way that needs more: {}": "cifrado de un modo que necesita algo más: {}",
    "given up on after {} s of reading": "abandonado tras {} s de lectura",
    "given up on: reading it takes over {}": "abandonado: leerlo ocupa más de {}",
    "its name has characters that can't be shown: rename it": "su nombre tiene caracteres que no se"
    " pueden mostrar: cámbielo",
    "nested too deeply to be read": "con demasiados niveles para leerlo",
    "no ending to its name: call it .txt or .md to have it read": "su nombre no tiene extensión:"
    " llámelo .txt o .md para que se lea",
    "no text in it": "no tiene texto",
    "no text in it (a page that a script fills? save it as shown)": "no tiene texto (¿lo pone un"
    " script? guarde la página tal como se ve)",
    "no text in it (scanned images?): recognise the text first (OCR)": "no tiene texto (¿imágenes"
    " escaneadas?): antes hay que reconocerlo (OCR)",
    "not a file but a device, pipe or socket": "no es un archivo, sino un dispositivo o un canal",
    "not a format it reads: a compressed archive": "no es un formato que se lea: un archivo comprimido",
    "not a format it reads: a database": "no es un formato que se lea: una base de datos",
    "not a format it reads: a program": "no es un formato que se lea: un programa",
    "not a format it reads: an image": "no es un formato que se lea: una imagen",
    "not a format it reads: an old Office file; save it as .docx or .pdf": "no es un formato que se"
    " lea: un archivo antiguo de Office; guárdelo como .docx o .pdf",
    "not a format it reads: OpenDocument; save it as .docx or .pdf": "no es un formato que se lea:"
    " OpenDocument; guárdelo como .docx o .pdf",
    "not a format it reads: {}": "no es un formato que se lea: {}",
    "password-protected: save a copy of it without the password": "protegido con contraseña: guarde una"
    " copia sin ella",
    "reading it needs {}: install the extra footnote[ingest]": "para leerlo hace falta {}: instale"
    " footnote[ingest]",
    "replaced bytes that are no {}": "se sustituyeron bytes que no son {}",
    "the file has no text besides its front matter; nothing to read": "el archivo no tiene más texto que"
    " su cabecera; no hay nada que leer",
    "the file has no text besides its markup; nothing to read": "el archivo no tiene más texto que sus"
    " marcas; no hay nada que leer",
    "the file is empty; there is nothing to read": "el archivo está vacío; no hay nada que leer",
    "the file is not text (binary data); remove it, or convert it to text first": "el archivo no es"
    " texto (datos binarios); quítelo, o conviértalo antes en texto",
    "too large: its archive unpacks to more than a document holds": "demasiado grande: se descomprime en"
    " más de lo que ocupa un documento",
    "too large: {} MB, the limit is {} MB; split it": "demasiado grande: {} MB, el límite es de {} MB;"
    " divídalo",
    "{} other with the title “{}”: path added": "hay {} más con el título «{}»: se añadió la ruta",
    "{} others with the title “{}”: path added": "hay {} más con el título «{}»: se añadió la ruta",
    # Why the keeper could not add or delete something.
    "a file of this name is there already": "ya hay un archivo de este nombre",
    "an address with a name or password in it can't be added": "no se puede añadir una dirección con"
    " nombre o contraseña",
    "can't be deleted: {}": "no se puede borrar: {}",
    "can't be written: {}": "no se puede escribir: {}",
    "its name could not be looked up in time": "no se pudo averiguar a tiempo dónde está el sitio",
    "it broke off in the middle": "se interrumpió a medias",
    "it comes compressed, though it was asked for plain": "llega comprimida, aunque se pidió sin comprimir",
    "it could not be read: {}": "no se pudo leer: {}",
    "it is larger than {} MB": "tiene más de {} MB",
    "it is not a page or an article but {}": "no es una página ni un artículo, sino {}",
    "it redirects more than {} times": "redirige más de {} veces",
    "it took too long to answer": "tardó demasiado en responder",
    "its address is not on the public internet": "su dirección no está en la internet pública",
    "its certificate is not valid for this address": "su certificado no vale para esta dirección",
    "its name has no letter or digit: rename it": "su nombre no tiene letra ni cifra: cámbielo",
    "its process was ended; is there enough memory?": "su proceso se terminó; ¿hay memoria suficiente?",
    "larger than {} MB": "tiene más de {} MB",
    "of no type": "de ningún tipo",
    "only addresses that begin with http:// or https:// can be added": "solo se pueden añadir"
    " direcciones que empiecen por http:// o https://",
    "port {} is not one that pages are served from": "en el puerto {} no se sirven páginas",
    "something went wrong; it has been logged": "algo ha fallado; ha quedado registrado",
    "the site answered with {}": "el sitio respondió con {}",
    "there is no site of this name": "no hay ningún sitio de este nombre",
    "there is no such file in the folder": "en la carpeta no hay tal archivo",
    "this is not a web address": "esto no es una dirección web",
}
"""What the program itself says of an answer, of a file or of what went wrong, under the line in English
by which the API, the command or the index says it. "{}" stands for a particular, which is itself put into Spanish if it stands here."""
