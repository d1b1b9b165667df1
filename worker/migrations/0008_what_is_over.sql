-- When a letter is of no use any more, such as one with a code: it is sent no later, and deleted with what it says. Null where it keeps its use.
ALTER TABLE letter ADD COLUMN ends_at TEXT;
CREATE INDEX letter_ends ON letter (ends_at) WHERE ends_at IS NOT NULL;
UPDATE letter SET ends_at = strftime('%Y-%m-%dT%H:%M:%fZ', written_at, '+10 minutes') WHERE about = 'sign-in';

-- An answer that is sent twice is sent twice soon.
CREATE INDEX answer_key_kept ON answer_key (kept_at);

-- Browsers that nobody has used for long.
CREATE INDEX device_used ON device (used_at);
