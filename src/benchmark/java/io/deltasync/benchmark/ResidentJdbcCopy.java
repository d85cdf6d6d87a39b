package io.deltasync.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;

/**
 * The yardstick as a program that stays: the same code for each line that it reads, which
 * is the time since which rows changed.
 */
final class ResidentJdbcCopy {

	/** What it says once it waits. */
	static final String READY = "Waits for times";

	private ResidentJdbcCopy() {
	}

	/**
	 * Copies until its input ends.
	 * @param args the URL
	 */
	public static void main(String[] args) throws IOException, SQLException {
		BufferedReader times = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		System.out.println(READY);
		for (String since = times.readLine(); since != null; since = times.readLine()) {
			PlainJdbcCopy.main(new String[] { args[0], since });
		}
	}

}
