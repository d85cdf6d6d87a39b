-- the id of this JobRepository, which tells its lanes from those of others on the same broker; one row at most, from when
-- the first lanes are sent
CREATE TABLE SYNC_INSTALLATION (
  NUMBER          INT         NOT NULL PRIMARY KEY,
  INSTALLATION_ID VARCHAR(36) NOT NULL
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
