package io.deltasync.jdbc.mysql;

import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A driver that can send a stream in place of the file that LOAD DATA LOCAL names.
 * Stateless. Its classes may be missing from the class path.
 */
interface FileDriver {

	/** Whether a connection is one of this driver. */
	boolean isDriverOf(Connection connection) throws SQLException;

	/**
	 * Executes LOAD DATA LOCAL. The server requests the file by name, and a malicious
	 * server could request any file during any statement. Therefore files are never sent,
	 * only this stream.
	 * @return the number of loaded rows
	 */
	int load(Statement statement, String sql, InputStream content) throws SQLException;

}
