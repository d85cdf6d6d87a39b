-- up to when the slots of a Link's schedule, or of the Link that it runs after, were run. Times are UTC.
-- DEFINITION says which slots these are: slots count anew when it changes.
CREATE TABLE SYNC_SLOT (
  LINK        VARCHAR(100) NOT NULL,
  CAUSE       VARCHAR(20)  NOT NULL,
  DEFINITION  VARCHAR(500) NOT NULL,
  TAKEN_UNTIL TIMESTAMP(6) NOT NULL,
  PRIMARY KEY (LINK, CAUSE)
);
