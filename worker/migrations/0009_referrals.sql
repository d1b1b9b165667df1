-- Referrals. Whatever is personal stands in `sealed`, under a key of the referral's own; every other table holds ids, codes and days.

-- A referral's key, wrapped by a master key of this version. Without it nothing of the referral can be read. `panel:ID` and `exclusion:ID` have keys too.
CREATE TABLE referral_key (
  referral TEXT PRIMARY KEY NOT NULL,
  master INTEGER NOT NULL,
  wrapped TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX referral_key_master ON referral_key (master);

CREATE TABLE referral (
  -- 128 bits by chance: what addresses name.
  id TEXT PRIMARY KEY NOT NULL,
  provider TEXT NOT NULL,
  -- Drawn when it is sent; what letters and people name.
  reference TEXT,
  pathway TEXT NOT NULL,
  catalogue TEXT NOT NULL,
  version INTEGER NOT NULL,
  -- draft: the school writes. waiting: it waits for consent, and nobody at the provider may look. open: it is at a stage. ended: decided or done. stopped: consent was refused or withdrawn, or the school took it back.
  status TEXT NOT NULL CHECK (status IN ('draft', 'waiting', 'open', 'ended', 'stopped')),
  stage TEXT NOT NULL DEFAULT '',
  -- How many events its history has: the number of the last one.
  events INTEGER NOT NULL DEFAULT 0,
  begun_at TEXT NOT NULL,
  touched_at TEXT NOT NULL,
  begun_on TEXT NOT NULL,
  sent_on TEXT,
  released_on TEXT,
  -- Since when it is at its stage.
  stage_on TEXT,
  ended_on TEXT,
  outcome TEXT NOT NULL DEFAULT '',
  -- The first of the deadlines that run; '9999-12-31' where none does.
  due_on TEXT NOT NULL DEFAULT '9999-12-31',
  -- Which of the pathway's deadlines that is; empty where none runs.
  due_of TEXT NOT NULL DEFAULT '',
  -- What stands out about it, as words of the product: an open question, a consent that was withdrawn.
  flags TEXT NOT NULL DEFAULT '',
  -- Blind marks: equal for equal schools, and nothing to who reads them.
  school TEXT NOT NULL DEFAULT '',
  -- The last day on which the permission that released it holds, and the day on which the schedule looks at its consent next; '9999-12-31' where it never runs out, and where nothing is to be looked at.
  held_until TEXT NOT NULL DEFAULT '9999-12-31',
  consent_on TEXT NOT NULL DEFAULT '9999-12-31',
  -- Since when it is known that whoever referred reads the address that they gave: a link that went there was opened.
  address_on TEXT,
  -- The day on which its retention ends.
  delete_on TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX referral_reference ON referral (reference) WHERE reference IS NOT NULL;
CREATE INDEX referral_board ON referral (provider, status, pathway, stage, due_on, id);
CREATE INDEX referral_ended ON referral (provider, pathway, ended_on, id) WHERE status = 'ended';
CREATE INDEX referral_over ON referral (delete_on);
CREATE INDEX referral_consent ON referral (consent_on) WHERE consent_on < '9999-12-31';

-- How many referrals there are at each stage, so that a board counts none of them.
CREATE TABLE referral_tally (
  provider TEXT NOT NULL,
  status TEXT NOT NULL,
  pathway TEXT NOT NULL,
  stage TEXT NOT NULL,
  referrals INTEGER NOT NULL,
  PRIMARY KEY (provider, status, pathway, stage)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER referral_is_counted AFTER INSERT ON referral BEGIN
  INSERT INTO referral_tally (provider, status, pathway, stage, referrals) VALUES (new.provider, new.status, new.pathway, new.stage, 1)
  ON CONFLICT (provider, status, pathway, stage) DO UPDATE SET referrals = referrals + 1;
END;
CREATE TRIGGER referral_is_counted_anew AFTER UPDATE OF status, stage ON referral WHEN new.status <> old.status OR new.stage <> old.stage BEGIN
  UPDATE referral_tally SET referrals = referrals - 1
   WHERE provider = old.provider AND status = old.status AND pathway = old.pathway AND stage = old.stage;
  INSERT INTO referral_tally (provider, status, pathway, stage, referrals) VALUES (new.provider, new.status, new.pathway, new.stage, 1)
  ON CONFLICT (provider, status, pathway, stage) DO UPDATE SET referrals = referrals + 1;
END;
CREATE TRIGGER referral_is_counted_no_more AFTER DELETE ON referral BEGIN
  UPDATE referral_tally SET referrals = referrals - 1
   WHERE provider = old.provider AND status = old.status AND pathway = old.pathway AND stage = old.stage;
END;

-- Everything personal, as AES-GCM under the referral's key, bound to the referral, the name and the revision. Names: `part:ID` (answers), `referrer`,
-- `colleague:ID`, `person:ID` (who is asked), `answer:N` and `event:N` (what was said with an event), `agreement`, `card` (what lists show).
CREATE TABLE sealed (
  referral TEXT NOT NULL,
  name TEXT NOT NULL,
  revision INTEGER NOT NULL,
  text TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (referral, name)
) STRICT, WITHOUT ROWID;

-- What finds a pupil again without saying who it is: HMACs of name and date of birth.
CREATE TABLE pupil_mark (
  provider TEXT NOT NULL,
  mark TEXT NOT NULL,
  referral TEXT NOT NULL,
  PRIMARY KEY (provider, mark, referral)
) STRICT, WITHOUT ROWID;
CREATE INDEX pupil_mark_referral ON pupil_mark (referral);

-- Links and codes that let somebody in from a letter. What is kept of a secret is its SHA-256. One that is over stays while its referral is there: its door says so, and sends a new one.
CREATE TABLE referral_link (
  secret_hash TEXT PRIMARY KEY NOT NULL,
  referral TEXT NOT NULL,
  -- referrer, colleague: to the form and what came of it. consent: to one person's answers.
  as_who TEXT NOT NULL CHECK (as_who IN ('referrer', 'colleague', 'consent')),
  -- link: the secret is the link's. code: it was printed.
  how TEXT NOT NULL CHECK (how IN ('link', 'code')),
  -- The colleague or the person who is asked; empty for the referrer.
  who TEXT NOT NULL,
  -- A colleague's parts, as a list.
  parts TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(parts)),
  made_at TEXT NOT NULL,
  ends_at TEXT NOT NULL,
  -- Wrong answers to what the door asks.
  tries INTEGER NOT NULL DEFAULT 0,
  revoked_at TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX referral_link_referral ON referral_link (referral, as_who, who);

-- A browser that has been let in by a link. The cookie holds a secret.
CREATE TABLE referral_visit (
  secret_hash TEXT PRIMARY KEY NOT NULL,
  referral TEXT NOT NULL,
  link TEXT NOT NULL,
  ends_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX referral_visit_link ON referral_visit (link);
CREATE INDEX referral_visit_referral ON referral_visit (referral);
CREATE INDEX referral_visit_over ON referral_visit (ends_at);

-- The history of a referral, in order. Who comes second with a number is refused, and the whole batch with it.
CREATE TABLE case_event (
  referral TEXT NOT NULL,
  number INTEGER NOT NULL,
  kind TEXT NOT NULL,
  of TEXT NOT NULL,
  happened_on TEXT NOT NULL,
  at TEXT NOT NULL,
  -- A person's id, `school`, `family` or `system`.
  actor TEXT NOT NULL,
  -- Codes and ids only; what was said is sealed as `event:N`.
  detail TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(detail)),
  PRIMARY KEY (referral, number)
) STRICT, WITHOUT ROWID;

-- Who is asked for consent: names and addresses are sealed as `person:ID`.
CREATE TABLE consent_person (
  referral TEXT NOT NULL,
  id TEXT NOT NULL,
  as_who TEXT NOT NULL CHECK (as_who IN ('carer', 'young-person', 'social-worker')),
  language TEXT NOT NULL,
  PRIMARY KEY (referral, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE consent_ask (
  referral TEXT NOT NULL,
  number INTEGER NOT NULL,
  person TEXT NOT NULL,
  purpose TEXT NOT NULL,
  each TEXT NOT NULL,
  asked_on TEXT NOT NULL,
  PRIMARY KEY (referral, number, person, purpose, each)
) STRICT, WITHOUT ROWID;

-- What was answered, never changed: a withdrawal is an answer too.
CREATE TABLE consent_answer (
  referral TEXT NOT NULL,
  number INTEGER NOT NULL,
  person TEXT NOT NULL,
  purpose TEXT NOT NULL,
  each TEXT NOT NULL,
  answer TEXT NOT NULL CHECK (answer IN ('given', 'refused', 'withdrawn')),
  how TEXT NOT NULL CHECK (how IN ('page', 'paper', 'in-person')),
  answered_on TEXT NOT NULL,
  PRIMARY KEY (referral, number, person, purpose, each)
) STRICT, WITHOUT ROWID;

-- Who works on a case.
CREATE TABLE case_person (
  provider TEXT NOT NULL,
  person TEXT NOT NULL,
  referral TEXT NOT NULL,
  since_at TEXT NOT NULL,
  PRIMARY KEY (provider, person, referral)
) STRICT, WITHOUT ROWID;
CREATE INDEX case_person_referral ON case_person (referral);

-- A meeting that decides.
CREATE TABLE panel (
  provider TEXT NOT NULL,
  id TEXT NOT NULL,
  pathway TEXT NOT NULL,
  meets_on TEXT NOT NULL,
  -- Sealed under the key of `panel:ID`; empty where nothing was written.
  note TEXT NOT NULL DEFAULT '',
  made_at TEXT NOT NULL,
  closed_at TEXT,
  PRIMARY KEY (provider, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX panel_day ON panel (provider, meets_on, id);
CREATE INDEX panel_over ON panel (meets_on);

CREATE TABLE panel_person (
  provider TEXT NOT NULL,
  panel TEXT NOT NULL,
  person TEXT NOT NULL,
  PRIMARY KEY (provider, panel, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX panel_person_person ON panel_person (provider, person, panel);

-- The pack, in the order in which it is read.
CREATE TABLE panel_case (
  provider TEXT NOT NULL,
  panel TEXT NOT NULL,
  referral TEXT NOT NULL,
  position INTEGER NOT NULL,
  -- The move that was decided there; empty until then.
  decision TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (provider, panel, referral)
) STRICT, WITHOUT ROWID;
CREATE INDEX panel_case_referral ON panel_case (referral);

-- How many places there are to give: for each school and term, or for each panel. No more are taken than there are.
CREATE TABLE place_pool (
  provider TEXT NOT NULL,
  -- `panel:ID`, or `school:TERM:KIND:MARK`.
  pool TEXT NOT NULL,
  most INTEGER NOT NULL,
  withdrawn INTEGER NOT NULL DEFAULT 0,
  taken INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (provider, pool),
  CHECK (taken >= 0)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER place_is_there BEFORE UPDATE OF taken ON place_pool WHEN new.taken > old.taken AND new.taken > new.most - new.withdrawn BEGIN
  SELECT raise(ABORT, 'no place is left');
END;
CREATE TRIGGER places_cover_what_is_given BEFORE UPDATE OF most ON place_pool WHEN new.taken > new.most - new.withdrawn BEGIN
  SELECT raise(ABORT, 'more places are given');
END;
-- Of a pool that is there already, the update that follows decides.
CREATE TRIGGER first_place_is_there BEFORE INSERT ON place_pool
WHEN new.taken > 0 AND new.taken > new.most - new.withdrawn
  AND NOT EXISTS (SELECT 1 FROM place_pool WHERE provider = new.provider AND pool = new.pool) BEGIN
  SELECT raise(ABORT, 'no place is left');
END;

-- Only a panel at which nothing was decided can be taken away.
CREATE TRIGGER panel_has_not_decided BEFORE DELETE ON panel
WHEN EXISTS (SELECT 1 FROM panel_case WHERE provider = old.provider AND panel = old.id)
  OR EXISTS (SELECT 1 FROM place_pool WHERE provider = old.provider AND pool = 'panel:' || old.id AND taken > 0) BEGIN
  SELECT raise(ABORT, 'the panel has decided');
END;

CREATE TABLE place (
  referral TEXT NOT NULL,
  number INTEGER NOT NULL,
  provider TEXT NOT NULL,
  kind TEXT NOT NULL,
  -- Empty where places of the kind are not counted.
  pool TEXT NOT NULL,
  given_on TEXT NOT NULL,
  freed_on TEXT,
  PRIMARY KEY (referral, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX place_pool_places ON place (provider, pool);

-- A permanent exclusion that a school made: no pupil, only the school's mark, the term and the day.
CREATE TABLE exclusion (
  provider TEXT NOT NULL,
  id TEXT NOT NULL,
  school TEXT NOT NULL,
  -- The school's name as the co-ordinator wrote it, sealed under the key of `exclusion:ID`.
  school_name TEXT NOT NULL,
  term TEXT NOT NULL,
  excluded_on TEXT NOT NULL,
  noted_by TEXT NOT NULL,
  at TEXT NOT NULL,
  taken_back_at TEXT,
  -- How many places it withdraws from which pool: `{"school:…": 1}`.
  withdraws TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(withdraws)),
  PRIMARY KEY (provider, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX exclusion_at ON exclusion (provider, at, id);
CREATE INDEX exclusion_school ON exclusion (provider, school, at);
CREATE INDEX exclusion_over ON exclusion (at);

-- Who waits for a place, in order; the reason for an order is sealed as `event:N`.
CREATE TABLE waiting_place (
  provider TEXT NOT NULL,
  pathway TEXT NOT NULL,
  position INTEGER NOT NULL,
  referral TEXT NOT NULL,
  since_on TEXT NOT NULL,
  PRIMARY KEY (provider, pathway, position, referral)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX waiting_place_referral ON waiting_place (referral);

-- One row for each Idempotency-Key of a school's, a family's or a console's write, in the batch of what it did. `asked` is a blind mark of the request.
CREATE TABLE referral_asked (
  scope TEXT NOT NULL,
  key TEXT NOT NULL,
  asked TEXT NOT NULL,
  receipt TEXT NOT NULL CHECK (json_valid(receipt)),
  kept_at TEXT NOT NULL,
  -- Which referral it was about, whose erasure takes it too; null where it was about none.
  referral TEXT,
  PRIMARY KEY (scope, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX referral_asked_referral ON referral_asked (referral) WHERE referral IS NOT NULL;
CREATE INDEX referral_asked_over ON referral_asked (kept_at);

-- What was erased: a restored copy of the database is erased again by it.
CREATE TABLE erasure (
  referral TEXT PRIMARY KEY NOT NULL,
  provider TEXT NOT NULL,
  erased_at TEXT NOT NULL,
  -- asked: somebody asked for it. retention: its time was over.
  why TEXT NOT NULL CHECK (why IN ('asked', 'retention'))
) STRICT, WITHOUT ROWID;

-- What is erased stays erased: whatever is still on its way to it fails, and its whole batch with it.
CREATE TRIGGER sealed_is_not_of_what_is_erased BEFORE INSERT ON sealed BEGIN
  SELECT raise(ABORT, 'the referral is erased') WHERE EXISTS (SELECT 1 FROM erasure WHERE referral = new.referral);
END;
CREATE TRIGGER event_is_not_of_what_is_erased BEFORE INSERT ON case_event BEGIN
  SELECT raise(ABORT, 'the referral is erased') WHERE EXISTS (SELECT 1 FROM erasure WHERE referral = new.referral);
END;
CREATE TRIGGER link_is_not_of_what_is_erased BEFORE INSERT ON referral_link BEGIN
  SELECT raise(ABORT, 'the referral is erased') WHERE EXISTS (SELECT 1 FROM erasure WHERE referral = new.referral);
END;
CREATE TRIGGER visit_is_not_of_what_is_erased BEFORE INSERT ON referral_visit BEGIN
  SELECT raise(ABORT, 'the referral is erased') WHERE EXISTS (SELECT 1 FROM erasure WHERE referral = new.referral);
END;

-- A letter about a referral: address, subject and text are sealed under the referral's key, and so end with it.
ALTER TABLE letter ADD COLUMN referral TEXT;
ALTER TABLE letter ADD COLUMN sealed TEXT;
CREATE INDEX letter_referral ON letter (referral) WHERE referral IS NOT NULL;
CREATE TRIGGER letter_is_not_of_what_is_erased BEFORE INSERT ON letter WHEN new.referral IS NOT NULL BEGIN
  SELECT raise(ABORT, 'the referral is erased') WHERE EXISTS (SELECT 1 FROM erasure WHERE referral = new.referral);
END;

-- What somebody is by case, in place of their role in the console.
ALTER TABLE membership ADD COLUMN case_role TEXT CHECK (case_role IN ('practitioner', 'panel-member', 'commissioner'));

-- Since when somebody belongs nowhere; '' from their leaving until the sweep says when, null while they belong somewhere. Whoever leaves a provider works on none of its cases any more.
ALTER TABLE person ADD COLUMN left_at TEXT;
CREATE INDEX person_left ON person (left_at) WHERE left_at IS NOT NULL;
UPDATE person SET left_at = '' WHERE NOT EXISTS (SELECT 1 FROM membership WHERE person = person.id);
CREATE TRIGGER person_leaves AFTER DELETE ON membership BEGIN
  DELETE FROM case_person WHERE provider = old.provider AND person = old.person;
  DELETE FROM panel_person
   WHERE provider = old.provider AND person = old.person
     AND panel IN (SELECT id FROM panel WHERE provider = old.provider AND closed_at IS NULL);
  UPDATE person SET left_at = '' WHERE id = old.person AND NOT EXISTS (SELECT 1 FROM membership WHERE person = old.person);
END;
-- Whoever is something else from now on works on no case, or sits on no open panel, that their new role does not let them.
CREATE TRIGGER person_is_another AFTER UPDATE OF role, case_role ON membership BEGIN
  DELETE FROM case_person
   WHERE provider = new.provider AND person = new.person AND coalesce(new.case_role, new.role) NOT IN ('practitioner', 'coordinator', 'owner');
  DELETE FROM panel_person
   WHERE provider = new.provider AND person = new.person AND coalesce(new.case_role, new.role) NOT IN ('panel-member', 'coordinator', 'owner')
     AND panel IN (SELECT id FROM panel WHERE provider = new.provider AND closed_at IS NULL);
END;
CREATE TRIGGER person_comes AFTER INSERT ON membership BEGIN
  UPDATE person SET left_at = NULL WHERE id = new.person AND left_at IS NOT NULL;
END;

-- What a letter that was sent or given up, and a draft that is closed, still say of people, until the sweep takes it out.
CREATE INDEX letter_told ON letter (sent_at) WHERE state = 'sent' AND recipient <> '';
CREATE INDEX letter_given_up ON letter (due_at) WHERE state IN ('failed', 'unaddressed') AND (recipient <> '' OR text <> '' OR sealed IS NOT NULL);
CREATE INDEX draft_closed ON draft (updated_at) WHERE state <> 'open' AND text <> '';

-- How far the sweep has come in passing through what no index of its own brings to it, such as orders by their age: an order is written as before.
CREATE TABLE sweep_place (
  name TEXT PRIMARY KEY NOT NULL,
  place TEXT NOT NULL CHECK (json_valid(place))
) STRICT, WITHOUT ROWID;

-- Who has read a case, and when, is found by it: reading is written down once an hour.
CREATE INDEX record_case_read ON record (subject, actor, at) WHERE action = 'case-read';
CREATE INDEX draft_presence_seen ON draft_presence (seen_at);
