import { type Comment, type PullRequestComments, statusOf } from './github.ts';

export type Kept = 'created' | 'updated' | 'none';

/**
 * Keeps the one comment that begins with the marker: writes it, or brings it up to date. It is never anybody else's, for anybody can
 * write the marker: the author must be the token's own. Where the token cannot tell whose it is, the comment that it writes does.
 *
 * @param create whether to write one where there is none
 * @throws what `PullRequestComments` throws
 */
export async function keepComment(
  comments: PullRequestComments,
  marker: string,
  body: string,
  create: boolean,
): Promise<Kept> {
  const present = (await comments.list()).filter((comment) => comment.body?.startsWith(marker));
  // Who the token is matters only where there is a comment that may be its own.
  const [first, ...rest] = present.length === 0 ? [] : await ownComments(comments, present);
  if (first !== undefined && (await update(comments, first, body))) {
    await removeAll(comments, rest);
    return 'updated';
  }
  if (!create) return 'none';

  const created = await comments.create(body);
  // Another run may have done the same in the meantime, or this one twice, when an answer got lost. All of them keep the oldest.
  const author = created.user?.login;
  const twins = (await comments.list()).filter(
    ({ id, user, body: text }) =>
      id === created.id || (text?.startsWith(marker) && author !== undefined && user?.login === author),
  );
  const [oldest = created, ...others] = twins;
  if (oldest.id !== created.id) await update(comments, oldest, body);
  await removeAll(comments, others);
  return 'created';
}

async function ownComments(comments: PullRequestComments, candidates: readonly Comment[]): Promise<Comment[]> {
  const login = await comments.whoAmI();
  return login === undefined ? [] : candidates.filter(({ user }) => user?.login === login);
}

/** False where somebody deleted it in the meantime. */
async function update(comments: PullRequestComments, { id, body: old }: Comment, body: string): Promise<boolean> {
  if (old === body) return true;
  try {
    await comments.update(id, body);
    return true;
  } catch (error) {
    if (statusOf(error) === 404) return false;
    throw error;
  }
}

async function removeAll(comments: PullRequestComments, superfluous: readonly Comment[]): Promise<void> {
  for (const { id } of superfluous) {
    await comments.delete(id).catch((error: unknown) => {
      // Another run removed it first.
      if (statusOf(error) !== 404) throw error;
    });
  }
}
