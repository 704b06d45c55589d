/** The code of the operations, loaded together: they share most of what they import. */
export { deploy } from './deploy.ts';
export { matrix } from './matrix.ts';
export { plan } from './plan.ts';
export { planRemoval } from './plan-removal.ts';
export { promote } from './promote.ts';
export { reject } from './reject.ts';
export { remove } from './remove.ts';
export { render } from './render.ts';
export { rollback } from './rollback.ts';
export { setup } from './setup.ts';
export { status } from './status.ts';
export { validate } from './validate.ts';
