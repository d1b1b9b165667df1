-- An order keeps the catalogue's version that it was priced by, for ever: the foreign key holds it there.
CREATE TABLE "order" (
  reference TEXT PRIMARY KEY NOT NULL,
  provider TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('placed', 'accepted', 'declined', 'cancelled')),
  placed_on TEXT NOT NULL,
  placed_at TEXT NOT NULL,
  catalogue TEXT NOT NULL,
  version INTEGER NOT NULL,
  school_name TEXT NOT NULL,
  total_pence INTEGER NOT NULL CHECK (total_pence >= 0),
  conditional_pence INTEGER NOT NULL CHECK (conditional_pence >= 0),
  -- The full quote, with its reasons and shares.
  quote TEXT NOT NULL CHECK (json_valid(quote)),
  -- What was asked: items with topics, numbers attending and notes, buyer, contact, payment, signatory.
  request TEXT NOT NULL CHECK (json_valid(request)),
  FOREIGN KEY (provider, catalogue, version) REFERENCES catalogue_version (provider, catalogue, version)
) STRICT, WITHOUT ROWID;

-- One row for each Idempotency-Key, in the batch of the order that it made. The receipt is the answer to give again, to the same request.
CREATE TABLE order_key (
  provider TEXT NOT NULL,
  key TEXT NOT NULL,
  reference TEXT NOT NULL,
  receipt TEXT NOT NULL CHECK (json_valid(receipt)),
  kept_at TEXT NOT NULL,
  PRIMARY KEY (provider, key)
) STRICT, WITHOUT ROWID;
