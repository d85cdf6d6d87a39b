package io.deltasync.schema;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.regex.Pattern;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/**
 * The names of DeltaSync's tables in a database. All statements use the standard names.
 * Where an application already had a table with one of these names, they are replaced
 * before a statement is sent to the database.
 */
public enum TableNames {

	/** {@code SYNC_LEASE} and so on. */
	STANDARD("deltasync_schema_history"),

	/** {@code DELTASYNC_LEASE} and so on. */
	PREFIXED("deltasync_prefixed_schema_history");

	private static final Pattern OWN_TABLE = Pattern.compile("\\bSYNC_");

	private final String history;

	TableNames(String history) {
		this.history = history;
	}

	/**
	 * Returns the name of Flyway's table for these names. Its existence shows which names
	 * are in use, even before the first table is created.
	 * @return the name
	 */
	String history() {
		return this.history;
	}

	/**
	 * Replaces the standard names in a statement or a name.
	 * @param sql a text with the standard names
	 * @return the text with these names
	 */
	String apply(String sql) {
		return (this == STANDARD) ? sql : OWN_TABLE.matcher(sql).replaceAll("DELTASYNC_");
	}

	/**
	 * Returns a DataSource whose statements use the standard names.
	 * @param database the database itself
	 * @return the same DataSource for standard names; otherwise a view of it that
	 * replaces names and takes part in its transactions
	 */
	public DataSource in(DataSource database) {
		return (this == STANDARD) ? database : new TransactionAwareDataSourceProxy(database) {

			@Override
			public Connection getConnection() throws SQLException {
				return replaceIn(super.getConnection(), Connection.class);
			}

		};
	}

	/**
	 * Replaces names in the first argument of these methods, which is SQL wherever it is
	 * a text.
	 */
	private <T> T replaceIn(T target, Class<T> type) {
		return type.cast(Proxy.newProxyInstance(TableNames.class.getClassLoader(), new Class<?>[] { type },
				(proxy, method, arguments) -> {
					String name = method.getName().toLowerCase(Locale.ROOT);
					boolean sql = arguments != null && arguments.length > 0 && arguments[0] instanceof String
							&& (name.startsWith("prepare") || name.startsWith("execute") || name.equals("addbatch")
									|| name.equals("nativesql"));
					if (sql) {
						arguments[0] = apply((String) arguments[0]);
					}
					try {
						Object result = method.invoke(target, arguments);
						return name.equals("createstatement") ? replaceIn((Statement) result, Statement.class) : result;
					}
					catch (InvocationTargetException ex) {
						throw ex.getTargetException();
					}
				}));
	}

}
