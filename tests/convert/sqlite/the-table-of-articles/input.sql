PRAGMA page_size = 512;
CREATE TABLE stories (
  id INTEGER PRIMARY KEY, headline TEXT, published, byline TEXT, body BLOB, photo BLOB, caption TEXT,
  signature BLOB, page INTEGER, price REAL
);
CREATE TABLE readers (id INTEGER PRIMARY KEY, name TEXT);
CREATE VIEW latest AS SELECT headline, body FROM stories;
INSERT INTO stories VALUES
  (7, 'Council votes to dredge the harbour', '2004-03-09 10:46:00', 'By Ines Marrable',
   '<p>The council voted on Tuesday to <em>dredge</em> the harbour.</p>', x'ffd8ffe000104a464946', 'The dredger at rest',
   x'00ff01fe', 3, 0.65),
  -- A moment as seconds since 1970, and a text as a blob.
  (8, 'Ferry is late again', 1078829160, 'Tom Weller', CAST('The ferry was late on Tuesday.' AS BLOB), NULL, '', NULL, 4, NULL),
  -- A Julian day.
  (9, 'Bakery to close', 2453074.75, NULL, 'The bakery in Quay Street will close.', NULL, NULL, NULL, NULL, NULL),
  (10, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 5, NULL);
