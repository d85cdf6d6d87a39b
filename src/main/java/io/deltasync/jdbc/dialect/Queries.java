package io.deltasync.jdbc.dialect;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Runs small queries on an open connection.
 */
public final class Queries {

	private Queries() {
	}

	/**
	 * Runs a query and returns all its rows, without a row limit.
	 * @param parameters the texts to bind, in order
	 * @param reader converts a row
	 */
	public static <T extends @Nullable Object> List<T> list(Connection connection, String sql, List<String> parameters,
			RowReader<T> reader) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			statement.setMaxRows(0);
			for (int i = 0; i < parameters.size(); i++) {
				statement.setString(i + 1, parameters.get(i));
			}
			try (ResultSet rows = statement.executeQuery()) {
				List<T> result = new ArrayList<>();
				while (rows.next()) {
					result.add(reader.read(rows));
				}
				return result;
			}
		}
	}

	/**
	 * Converts the current row of a result.
	 *
	 * @param <T> the type that a row is converted to
	 */
	public interface RowReader<T extends @Nullable Object> {

		T read(ResultSet row) throws SQLException;

	}

}
