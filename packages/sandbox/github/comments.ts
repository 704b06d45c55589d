/** Who wrote a comment. */
export interface User {
  readonly login: string;
  readonly type: 'User' | 'Bot';
}

/** A comment of an issue or pull request, as the API shows it. */
export interface Comment {
  readonly id: number;
  readonly body: string;
  readonly user: User;
  readonly html_url: string;
  readonly issue_url: string;
  readonly created_at: string;
  readonly updated_at: string;
}

/** The comments of the pull requests of one repository. */
export class Comments {
  private readonly repository: string;
  private readonly byPullRequest = new Map<number, Comment[]>();
  private lastId = 1000;

  /** @param repository `owner/name` */
  constructor(repository: string, pullRequests: readonly number[]) {
    this.repository = repository;
    for (const number of pullRequests) this.byPullRequest.set(number, []);
  }

  /** Those of a pull request, oldest first; undefined where there is no such pull request. */
  of(pullRequest: number): readonly Comment[] | undefined {
    return this.byPullRequest.get(pullRequest);
  }

  byId(id: number): Comment | undefined {
    return [...this.byPullRequest.values()].flat().find((comment) => comment.id === id);
  }

  /** @throws where there is no such pull request. */
  add(pullRequest: number, body: string, user: User): Comment {
    const comments = this.byPullRequest.get(pullRequest);
    if (comments === undefined) throw new Error(`there is no pull request ${pullRequest}`);
    this.lastId += 1;
    const now = new Date().toISOString();
    const comment: Comment = {
      id: this.lastId,
      body,
      user,
      html_url: `https://github.com/${this.repository}/pull/${pullRequest}#issuecomment-${this.lastId}`,
      issue_url: `https://api.github.com/repos/${this.repository}/issues/${pullRequest}`,
      created_at: now,
      updated_at: now,
    };
    comments.push(comment);
    return comment;
  }

  update(comment: Comment, body: string): Comment {
    const updated = { ...comment, body, updated_at: new Date().toISOString() };
    this.replace(comment, [updated]);
    return updated;
  }

  remove(comment: Comment): void {
    this.replace(comment, []);
  }

  private replace(comment: Comment, by: readonly Comment[]): void {
    for (const comments of this.byPullRequest.values()) {
      const index = comments.findIndex(({ id }) => id === comment.id);
      if (index >= 0) comments.splice(index, 1, ...by);
    }
  }
}
