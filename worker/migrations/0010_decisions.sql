-- What somebody has decided, the newest first, without a walk through every case.
CREATE INDEX case_event_decided ON case_event (actor, at) WHERE kind = 'decided';
