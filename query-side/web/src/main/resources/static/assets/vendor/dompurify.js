// DOMPurify's small build is no module: it adds a global variable.
import 'dompurify/min';

export default globalThis.DOMPurify;
