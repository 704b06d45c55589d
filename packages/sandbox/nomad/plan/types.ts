/** How two versions of something differ, as Nomad's plan shows it. */
export type DiffType = 'None' | 'Added' | 'Deleted' | 'Edited';

export interface FieldDiff {
  readonly Type: DiffType;
  readonly Name: string;
  readonly Old: string;
  readonly New: string;
  Annotations: string[] | null;
}

export interface ObjectDiff {
  readonly Type: DiffType;
  readonly Name: string;
  readonly Fields: FieldDiff[] | null;
  readonly Objects: ObjectDiff[] | null;
}

export interface TaskDiff {
  readonly Type: DiffType;
  readonly Name: string;
  readonly Fields: FieldDiff[] | null;
  readonly Objects: ObjectDiff[] | null;
  Annotations: string[] | null;
}

export interface TaskGroupDiff {
  readonly Type: DiffType;
  readonly Name: string;
  readonly Fields: FieldDiff[] | null;
  readonly Objects: ObjectDiff[] | null;
  readonly Tasks: TaskDiff[] | null;
  Updates: Record<string, number> | null;
}

export interface JobDiff {
  readonly Type: DiffType;
  readonly ID: string;
  readonly Fields: FieldDiff[] | null;
  readonly Objects: ObjectDiff[] | null;
  readonly TaskGroups: TaskGroupDiff[] | null;
}
