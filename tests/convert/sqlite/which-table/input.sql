CREATE TABLE news (title TEXT, body TEXT);
CREATE TABLE sport (title TEXT, body TEXT);
CREATE TABLE readers (name TEXT);
INSERT INTO news VALUES ('Ferry sails', 'It sails at noon.');
