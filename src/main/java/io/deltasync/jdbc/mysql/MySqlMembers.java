package io.deltasync.jdbc.mysql;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads the values of an ENUM or SET from its type in the catalogue of MySQL and MariaDB,
 * such as {@code enum('new','it''s')}.
 */
final class MySqlMembers {

	private MySqlMembers() {
	}

	static List<String> of(String columnType) {
		List<String> members = new ArrayList<>();
		StringBuilder member = new StringBuilder();
		boolean quoted = false;
		for (int i = 0; i < columnType.length(); i++) {
			char unit = columnType.charAt(i);
			boolean more = i + 1 < columnType.length();
			if (!quoted) {
				quoted = unit == '\'';
			}
			else if (unit == '\\' && more) {
				member.append(unescaped(columnType.charAt(++i)));
			}
			else if (unit != '\'') {
				member.append(unit);
			}
			else if (more && columnType.charAt(i + 1) == '\'') {
				member.append(columnType.charAt(++i));
			}
			else {
				members.add(member.toString());
				member.setLength(0);
				quoted = false;
			}
		}
		return List.copyOf(members);
	}

	private static char unescaped(char unit) {
		return switch (unit) {
			case '0' -> 0;
			case 'n' -> '\n';
			case 'r' -> '\r';
			default -> unit;
		};
	}

}
