/** The texts of the window, in the language of the person. There is one language so far. */

import { en } from "./en";

export const text = en;
