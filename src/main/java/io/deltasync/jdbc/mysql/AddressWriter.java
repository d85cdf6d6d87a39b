package io.deltasync.jdbc.mysql;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.ColumnWriter;
import io.deltasync.jdbc.value.RowSink;
import io.deltasync.jdbc.value.TextWriter;
import io.deltasync.jdbc.value.ValueRefusedException;

/**
 * Writes INET4 and INET6 of MariaDB. Accepts only texts in the form that the server
 * returns.
 */
final class AddressWriter extends ColumnWriter {

	private static final Pattern V4 = Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");

	private static final Pattern V6 = Pattern.compile("[0-9a-f:]*:[0-9a-f:]*");

	/** An address of version 4 after twelve zero bytes, or after ten and ffff. */
	private static final Pattern V4_IN_V6 = Pattern.compile("::(?:ffff:|(?!0\\.0\\.))(?=\\d+\\.)(.*)");

	/**
	 * Runs of zero groups; the first of the longest runs is omitted, even a single group.
	 */
	private static final Pattern ZEROS = Pattern.compile("(?:^|(?<=:))0(?::0)*(?=:|$)");

	AddressWriter(Column column) {
		super(column);
	}

	@Override
	protected void writeValue(RowSink values, Object value) throws SQLException, ValueRefusedException {
		String text = TextWriter.text(column(), value);
		boolean written = isNamed(column(), "inet4") ? V4.matcher(text).matches() : isV6(text);
		if (!written) {
			throw ValueRefusedException.of(column(),
					"'%s' is not how the column writes an address, and would be changed".formatted(text));
		}
		values.add(text);
	}

	private static boolean isV6(String text) {
		Matcher v4 = V4_IN_V6.matcher(text);
		if (v4.matches() && V4.matcher(v4.group(1)).matches()) {
			return true;
		}
		if (!V6.matcher(text).matches()) {
			return false;
		}
		try {
			byte[] bytes = InetAddress.getByName(text).getAddress();
			return bytes.length == 16 && !holdsV4(bytes) && shortest(bytes).equals(text);
		}
		catch (UnknownHostException ex) {
			return false;
		}
	}

	private static boolean holdsV4(byte[] bytes) {
		int zeros = 0;
		while (zeros < bytes.length && bytes[zeros] == 0) {
			zeros++;
		}
		return zeros == 12 || zeros == 13;
	}

	private static String shortest(byte[] bytes) {
		StringBuilder groups = new StringBuilder();
		for (int i = 0; i < bytes.length; i += 2) {
			groups.append((i > 0) ? ":" : "")
				.append(Integer.toHexString((bytes[i] & 0xff) << Byte.SIZE | (bytes[i + 1] & 0xff)));
		}
		Matcher zeros = ZEROS.matcher(groups);
		int start = -1;
		int end = -1;
		while (zeros.find()) {
			if (zeros.end() - zeros.start() > end - start) {
				start = zeros.start();
				end = zeros.end();
			}
		}
		if (start < 0) {
			return groups.toString();
		}
		String before = groups.substring(0, start);
		String after = groups.substring(end);
		return (before.isEmpty() ? ":" : before) + (after.isEmpty() ? ":" : after);
	}

}
