CREATE TABLE node (nid INTEGER PRIMARY KEY, type TEXT, title TEXT, created INTEGER);
CREATE TABLE body (nid INTEGER, part INTEGER, words TEXT);
CREATE TABLE term (nid INTEGER, name TEXT);
INSERT INTO node VALUES (1, 'story', 'Mole gives way', 920505600), (2, 'page', 'About us', 0), (3, 'story', 'Choir wins prize', 926467200);
INSERT INTO body VALUES (1, 1, 'The old mole gave way in the night.'), (1, 2, 'Nobody was hurt.'), (3, 1, 'The choir of Kiln Lane school has won.');
INSERT INTO term VALUES (1, 'harbour'), (1, 'storms'), (3, 'schools');
