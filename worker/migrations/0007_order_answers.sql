-- What the console's lists read: a narrow row for each order, in the order in which it is listed. Triggers keep it, so that it never says something else than the order.
CREATE TABLE inbox (
  provider TEXT NOT NULL,
  status TEXT NOT NULL,
  placed_at TEXT NOT NULL,
  reference TEXT NOT NULL,
  catalogue TEXT NOT NULL,
  version INTEGER NOT NULL,
  placed_on TEXT NOT NULL,
  school_name TEXT NOT NULL,
  -- How many schools buy together.
  schools INTEGER NOT NULL,
  payment TEXT NOT NULL,
  total_pence INTEGER NOT NULL,
  PRIMARY KEY (provider, status, placed_at, reference)
) STRICT, WITHOUT ROWID;
CREATE INDEX inbox_catalogue ON inbox (provider, catalogue, status, placed_at, reference);

-- The beginnings of references are looked for at one provider.
CREATE INDEX order_reference ON "order" (provider, reference);

-- How many orders there are, and what they come to.
CREATE TABLE order_tally (
  provider TEXT NOT NULL,
  catalogue TEXT NOT NULL,
  -- The month in which they were placed, YYYY-MM.
  month TEXT NOT NULL,
  status TEXT NOT NULL,
  orders INTEGER NOT NULL,
  pence INTEGER NOT NULL,
  least_minutes INTEGER NOT NULL,
  most_minutes INTEGER NOT NULL,
  PRIMARY KEY (provider, catalogue, month, status)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER order_is_listed AFTER INSERT ON "order" BEGIN
  INSERT INTO inbox (provider, status, placed_at, reference, catalogue, version, placed_on, school_name, schools, payment, total_pence)
  VALUES (new.provider, new.status, new.placed_at, new.reference, new.catalogue, new.version, new.placed_on, new.school_name,
          coalesce(json_array_length(new.request, '$.buyer.schools'), 1), coalesce(new.request ->> '$.payment.method', ''), new.total_pence);
  INSERT INTO order_tally (provider, catalogue, month, status, orders, pence, least_minutes, most_minutes)
  VALUES (new.provider, new.catalogue, substr(new.placed_on, 1, 7), new.status, 1, new.total_pence,
          coalesce(new.quote ->> '$.minutes.least', 0), coalesce(new.quote ->> '$.minutes.most', 0))
  ON CONFLICT (provider, catalogue, month, status) DO UPDATE
     SET orders = orders + 1, pence = pence + excluded.pence,
         least_minutes = least_minutes + excluded.least_minutes, most_minutes = most_minutes + excluded.most_minutes;
END;

CREATE TRIGGER order_is_listed_anew AFTER UPDATE OF status ON "order" WHEN new.status <> old.status BEGIN
  UPDATE inbox SET status = new.status
   WHERE provider = old.provider AND status = old.status AND placed_at = old.placed_at AND reference = old.reference;
  UPDATE holding SET status = new.status WHERE reference = old.reference;
  UPDATE order_tally
     SET orders = orders - 1, pence = pence - old.total_pence,
         least_minutes = least_minutes - coalesce(old.quote ->> '$.minutes.least', 0),
         most_minutes = most_minutes - coalesce(old.quote ->> '$.minutes.most', 0)
   WHERE provider = old.provider AND catalogue = old.catalogue AND month = substr(old.placed_on, 1, 7) AND status = old.status;
  INSERT INTO order_tally (provider, catalogue, month, status, orders, pence, least_minutes, most_minutes)
  VALUES (new.provider, new.catalogue, substr(new.placed_on, 1, 7), new.status, 1, new.total_pence,
          coalesce(new.quote ->> '$.minutes.least', 0), coalesce(new.quote ->> '$.minutes.most', 0))
  ON CONFLICT (provider, catalogue, month, status) DO UPDATE
     SET orders = orders + 1, pence = pence + excluded.pence,
         least_minutes = least_minutes + excluded.least_minutes, most_minutes = most_minutes + excluded.most_minutes;
END;

-- What each school holds: a row for each school of an order. `spelling` is how the order writes the school, in plain small letters, and who it is.
CREATE TABLE holding (
  provider TEXT NOT NULL,
  spelling TEXT NOT NULL,
  placed_at TEXT NOT NULL,
  reference TEXT NOT NULL,
  -- Of the order, so that what a search finds is listed without looking further.
  status TEXT NOT NULL,
  catalogue TEXT NOT NULL,
  version INTEGER NOT NULL,
  placed_on TEXT NOT NULL,
  school_name TEXT NOT NULL,
  payment TEXT NOT NULL,
  total_pence INTEGER NOT NULL,
  -- As the order writes them.
  name TEXT NOT NULL,
  urn TEXT,
  school_number TEXT,
  district TEXT,
  -- How many schools the order is for, and this one's share of the total.
  schools INTEGER NOT NULL,
  pence INTEGER NOT NULL,
  -- What all schools of the order hold together: a list of offer, option and quantity, and the support that comes with it.
  offers TEXT NOT NULL CHECK (json_valid(offers)),
  least_minutes INTEGER NOT NULL,
  most_minutes INTEGER NOT NULL,
  PRIMARY KEY (provider, spelling, placed_at, reference)
) STRICT, WITHOUT ROWID;
CREATE INDEX holding_reference ON holding (reference);

-- A school is known by its URN, else its number, else its name and district. `school` is what it is sorted by: its name when it first bought, and what it is known by.
CREATE TABLE school (
  provider TEXT NOT NULL,
  identity TEXT NOT NULL,
  school TEXT NOT NULL,
  PRIMARY KEY (provider, identity)
) STRICT, WITHOUT ROWID;

-- The schools of a year by the alphabet, with each way in which their orders write them.
CREATE TABLE school_year (
  provider TEXT NOT NULL,
  catalogue TEXT NOT NULL,
  school TEXT NOT NULL,
  spelling TEXT NOT NULL,
  PRIMARY KEY (provider, catalogue, school, spelling)
) STRICT, WITHOUT ROWID;

-- Each word of a spelling, to be found by its beginning.
CREATE TABLE school_word (
  provider TEXT NOT NULL,
  word TEXT NOT NULL,
  spelling TEXT NOT NULL,
  PRIMARY KEY (provider, word, spelling)
) STRICT, WITHOUT ROWID;

-- What people at the provider did with an order.
CREATE TABLE order_entry (
  reference TEXT NOT NULL REFERENCES "order" (reference),
  -- In the order in which they were made.
  number INTEGER NOT NULL,
  at TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('accepted', 'declined', 'note', 'letter-sent-again')),
  -- A person's id.
  actor TEXT NOT NULL,
  -- The calendar's day.
  done_on TEXT NOT NULL,
  -- Of an answer, the state that it was given to.
  before TEXT,
  -- The reason, the note, or the kind of letter.
  text TEXT NOT NULL,
  PRIMARY KEY (reference, number)
) STRICT, WITHOUT ROWID;

-- An answer is given to the order as whoever gives it saw it: of two at once one is refused, and its whole batch with it.
CREATE TRIGGER order_is_answered_as_seen BEFORE INSERT ON order_entry WHEN new.kind IN ('accepted', 'declined') BEGIN
  SELECT raise(ABORT, 'the order is in another state') WHERE new.before IS NOT (SELECT status FROM "order" WHERE reference = new.reference);
END;

-- One row for each Idempotency-Key of an answer, note or letter, in the batch of what it did. `asked` is the SHA-256 of the request.
CREATE TABLE answer_key (
  provider TEXT NOT NULL,
  key TEXT NOT NULL,
  asked TEXT NOT NULL,
  receipt TEXT NOT NULL CHECK (json_valid(receipt)),
  kept_at TEXT NOT NULL,
  PRIMARY KEY (provider, key)
) STRICT, WITHOUT ROWID;

-- Which letter it is, so that it can be written again; empty where it is none about an order.
ALTER TABLE letter ADD COLUMN kind TEXT NOT NULL DEFAULT '';
-- The letter that was sent in its place.
ALTER TABLE letter ADD COLUMN replaced_by TEXT;
-- Of two who send one again at once, one does.
CREATE TRIGGER letter_is_replaced_once BEFORE UPDATE OF replaced_by ON letter WHEN old.replaced_by IS NOT NULL BEGIN
  SELECT raise(ABORT, 'the letter is in another state');
END;
CREATE INDEX letter_about ON letter (about);
CREATE INDEX letter_in_trouble ON letter (provider, written_at, id) WHERE state IN ('failed', 'unaddressed') AND replaced_by IS NULL;
UPDATE letter SET kind = CASE WHEN subject LIKE 'New order %' THEN 'order-placed-provider' ELSE 'order-placed-contact' END
 WHERE EXISTS (SELECT 1 FROM "order" WHERE reference = letter.about);

-- What is there already is listed, counted and spelled out as if it were placed now.
INSERT INTO inbox (provider, status, placed_at, reference, catalogue, version, placed_on, school_name, schools, payment, total_pence)
SELECT provider, status, placed_at, reference, catalogue, version, placed_on, school_name,
       coalesce(json_array_length(request, '$.buyer.schools'), 1), coalesce(request ->> '$.payment.method', ''), total_pence
  FROM "order";

INSERT INTO order_tally (provider, catalogue, month, status, orders, pence, least_minutes, most_minutes)
SELECT provider, catalogue, substr(placed_on, 1, 7), status, count(*), sum(total_pence),
       sum(coalesce(quote ->> '$.minutes.least', 0)), sum(coalesce(quote ->> '$.minutes.most', 0))
  FROM "order" GROUP BY provider, catalogue, substr(placed_on, 1, 7), status;

-- Each school's name sign by sign: accents off, apostrophes dropped, a space for whatever is no letter or digit; then word by word, so that no two spaces stand together.
INSERT INTO holding (provider, spelling, placed_at, reference, status, catalogue, version, placed_on, school_name, payment, total_pence, name, urn, school_number, district, schools, pence, offers, least_minutes, most_minutes)
WITH RECURSIVE
bought (reference, place, name, urn, school_number, district, pence, number) AS (
  SELECT o.reference, s.key, s.value ->> 'name', s.value ->> 'urn', s.value ->> 'schoolNumber', s.value ->> 'district',
         coalesce(json_extract(o.quote, '$.shares[' || s.key || '].pence'), 0),
         replace(replace(replace(replace(lower(coalesce(s.value ->> 'schoolNumber', '')), '/', ''), '-', ''), ' ', ''), '.', '')
    FROM "order" AS o, json_each(o.request, '$.buyer.schools') AS s
),
sign (reference, place, rest, made) AS (
  SELECT reference, place, lower(name), '' FROM bought
  UNION ALL
  SELECT reference, place, substr(rest, 2),
         made || CASE
           WHEN substr(rest, 1, 1) GLOB '[a-z0-9]' THEN substr(rest, 1, 1)
           WHEN instr('''’‘`´ʼ', substr(rest, 1, 1)) > 0 THEN ''
           WHEN instr('àáâãäåçèéêëìíîïñòóôõöùúûüýÿŵŷẁẃẅỳÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝŸŴŶẀẂẄỲ', substr(rest, 1, 1)) > 0
             THEN substr('aaaaaaceeeeiiiinooooouuuuyywywwwyaaaaaaceeeeiiiinooooouuuuyywywwwy',
                         instr('àáâãäåçèéêëìíîïñòóôõöùúûüýÿŵŷẁẃẅỳÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝŸŴŶẀẂẄỲ', substr(rest, 1, 1)), 1)
           WHEN unicode(substr(rest, 1, 1)) < 192 OR instr('–—…“”•', substr(rest, 1, 1)) > 0 THEN ' '
           ELSE substr(rest, 1, 1)
         END
    FROM sign WHERE rest <> ''
),
word (reference, place, rest, made) AS (
  SELECT reference, place, made || ' ', '' FROM sign WHERE rest = ''
  UNION ALL
  SELECT reference, place, substr(rest, instr(rest, ' ') + 1), trim(made || ' ' || substr(rest, 1, instr(rest, ' ') - 1))
    FROM word WHERE rest <> ''
),
spelt (reference, spelling, name, urn, school_number, district, pence) AS (
  SELECT b.reference,
         trim(w.made || ' ' || coalesce(b.urn || ' ', '') || b.number) || '|'
         || CASE WHEN b.urn IS NOT NULL THEN 'u' || b.urn WHEN b.number <> '' THEN 'n' || b.number ELSE 'd' || coalesce(b.district, '') END,
         b.name, b.urn, b.school_number, b.district, b.pence
    FROM bought AS b JOIN word AS w ON w.reference = b.reference AND w.place = b.place AND w.rest = ''
)
SELECT o.provider, s.spelling, o.placed_at, o.reference, o.status, o.catalogue, o.version, o.placed_on, o.school_name,
       coalesce(o.request ->> '$.payment.method', ''), o.total_pence, max(s.name), max(s.urn), max(s.school_number), max(s.district),
       json_array_length(o.request, '$.buyer.schools'), sum(s.pence),
       coalesce((SELECT json_group_array(json_remove(json_object('offer', l.value ->> 'offer', 'option', l.value ->> 'option', 'quantity', l.value ->> 'quantity'),
                                                     iif(l.value ->> 'option' IS NULL, '$.option', '$.none')))
                   FROM json_each(o.quote, '$.lines') AS l WHERE coalesce(l.value ->> 'conditional', 0) = 0), '[]'),
       coalesce(o.quote ->> '$.minutes.least', 0), coalesce(o.quote ->> '$.minutes.most', 0)
  FROM spelt AS s JOIN "order" AS o ON o.reference = s.reference
 GROUP BY o.reference, s.spelling;

-- Whom only a name and a district tell is known by how they are written.
INSERT INTO school (provider, identity, school)
SELECT provider, iif(spelling LIKE '%|d%', spelling, substr(spelling, instr(spelling, '|') + 1)), spelling
  FROM holding WHERE true ORDER BY placed_at
    ON CONFLICT (provider, identity) DO NOTHING;

INSERT INTO school_year (provider, catalogue, school, spelling)
SELECT DISTINCT h.provider, h.catalogue, s.school, h.spelling
  FROM holding AS h
  JOIN school AS s ON s.provider = h.provider
   AND s.identity = iif(h.spelling LIKE '%|d%', h.spelling, substr(h.spelling, instr(h.spelling, '|') + 1));

INSERT INTO school_word (provider, word, spelling)
WITH RECURSIVE part (provider, spelling, word, rest) AS (
  SELECT DISTINCT provider, spelling, '', substr(spelling, 1, instr(spelling, '|') - 1) || ' ' FROM holding
  UNION ALL
  SELECT provider, spelling, substr(rest, 1, instr(rest, ' ') - 1), substr(rest, instr(rest, ' ') + 1) FROM part WHERE rest <> ''
)
SELECT DISTINCT provider, word, spelling FROM part WHERE word <> '';
