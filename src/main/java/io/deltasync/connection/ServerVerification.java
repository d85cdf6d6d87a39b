package io.deltasync.connection;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Checks whether a driver verifies the identity of the server. Without verification, a
 * password may be sent to an impostor.
 */
public final class ServerVerification {

	private static final Pattern URL = Pattern
		.compile("jdbc:(mysql|mariadb|postgresql):(?:\\w+:)*//([^/?]*)[^?]*(?:\\?(.*))?", Pattern.CASE_INSENSITIVE);

	private static final Pattern LOCAL = Pattern.compile("(?:localhost|127\\.[\\d.]+|\\[?::1]?)?(?::\\d+)?");

	private static final Set<String> VERIFYING = Set.of("verify_ca", "verify_identity", "verify-ca", "verify-full");

	private ServerVerification() {
	}

	/**
	 * Returns a warning if the server is not verified.
	 * @param database the owner of the URL, at the beginning of a sentence
	 * @param url a JDBC URL
	 * @param properties further properties for the driver, or null
	 * @return the warning; empty if the server is verified, on this host, or of an
	 * unknown type
	 */
	public static Optional<String> warning(String database, String url, @Nullable Map<String, String> properties) {
		Matcher matcher = URL.matcher(url);
		if (!matcher.matches() || isLocal(matcher.group(2)) || isVerified(matcher.group(3), properties)) {
			return Optional.empty();
		}
		boolean mysql = matcher.group(1).equalsIgnoreCase("mysql");
		String parameter = mysql ? "sslMode=VERIFY_IDENTITY"
				: matcher.group(1).equalsIgnoreCase("mariadb") ? "sslMode=verify-full" : "sslmode=verify-full";
		return Optional.of("%s is on another host whose identity is not verified%s. Add %s to its URL."
			.formatted(database, mysql ? "" : ", and may not be encrypted", parameter));
	}

	private static boolean isLocal(String hosts) {
		String afterLogin = hosts.substring(hosts.lastIndexOf('@') + 1);
		return Arrays.stream(afterLogin.split(",")).allMatch((host) -> LOCAL.matcher(host).matches());
	}

	private static boolean isVerified(@Nullable String parameters, @Nullable Map<String, String> properties) {
		boolean byUrl = parameters != null && Arrays.stream(parameters.split("&")).anyMatch((parameter) -> {
			int equals = parameter.indexOf('=');
			return equals > 0 && isVerifying(parameter.substring(0, equals), parameter.substring(equals + 1));
		});
		return byUrl || (properties != null && properties.entrySet()
			.stream()
			.anyMatch((property) -> isVerifying(property.getKey(), property.getValue())));
	}

	private static boolean isVerifying(String name, String value) {
		return (name.equalsIgnoreCase("sslMode") && VERIFYING.contains(value.toLowerCase(Locale.ROOT)))
				|| (name.equalsIgnoreCase("verifyServerCertificate") && value.equalsIgnoreCase("true"));
	}

}
