import { INPUT_ATTACKS } from './attacks/inputs.ts';
import { INSTALL_ATTACKS } from './attacks/install.ts';
import { attacks } from './support/attack.ts';

attacks([...INSTALL_ATTACKS, ...INPUT_ATTACKS]);
