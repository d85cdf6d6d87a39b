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
 * What DeltaSync's tables are called in a database. All statements use the standard
 * names; where an application had a table of one of these names first, they are replaced
 * on the way to the database.
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
	 * Returns the name of Flyway's table for these names: which one exists tells which
	 * names are in use, from before the first table is created.
	 * @return the name
	 */
	String history() {
		return this.history;
	}

	/**
	 * Returns what the database is given for a statement or a name.
	 * @param sql with the standard names
	 * @return the same with these names
	 */
	String apply(String sql) {
		return (this == STANDARD) ? sql : OWN_TABLE.matcher(sql).replaceAll("DELTASYNC_");
	}

	/**
	 * Returns a database whose statements use the standard names.
	 * @param database the database itself
	 * @return the same for standard names; else a view of it that replaces names, in the
	 * transactions of the database itself
	 */
	public DataSource in(DataSource database) {
		return (this == STANDARD) ? database : new TransactionAwareDataSourceProxy(database) {

			@Override
			public Connection getConnection() throws SQLException {
				return replaceIn(super.getConnection(), Connection.class);
			}

		};
	}

	/** The first argument of these methods is SQL wherever it is a text. */
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
