package io.deltasync.jdbc;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes MariaDB's INET4 and INET6, of texts that the server would give back.
 */
final class AddressWriter extends ColumnWriter {

	private static final Pattern V4 = Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");

	private static final Pattern V6 = Pattern.compile("[0-9a-f:]*:[0-9a-f:]*");

	/** Groups of zeros; the longest and first of them are left out, even a single one. */
	private static final Pattern ZEROS = Pattern.compile("(?:^|(?<=:))0(?::0)*(?=:|$)");

	AddressWriter(Column column) {
		super(column);
	}

	@Override
	void writeValue(Values values, Object value) throws SQLException, ValueRefusedException {
		String text = TextWriter.text(column(), value);
		boolean written = isNamed(column(), "inet4") ? V4.matcher(text).matches() : isV6(text);
		if (!written) {
			throw ValueRefusedException.of(column(),
					"'%s' is not how the column writes an address, and would be changed".formatted(text));
		}
		values.add(text);
	}

	private static boolean isV6(String text) {
		if (text.startsWith("::ffff:") && V4.matcher(text.substring("::ffff:".length())).matches()) {
			return true;
		}
		if (!V6.matcher(text).matches()) {
			return false;
		}
		try {
			byte[] bytes = InetAddress.getByName(text).getAddress();
			return bytes.length == 16 && shortest(bytes).equals(text);
		}
		catch (UnknownHostException ex) {
			return false;
		}
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
