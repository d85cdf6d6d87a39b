package io.deltasync.config;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Keeps passwords and other credentials out of messages.
 */
public final class Secrets {

	private static final String MASK = "***";

	private static final String SECRET = "(?:password|passwd|passphrase|passcode|passkey|pwd|secret|token|jwt|bearer|"
			+ "credential|authorization|signature|cookie|(?:access[-_.]?key[-_.]?id)|"
			+ "(?:api|access|private|secret|signing|signature|encryption|auth|account|shared|subscription|master|license|"
			+ "app|client|consumer|session|ssh|hmac|service|storage|webhook)[-_.]?key|(?:ping|webhook)[-_.]?url)s?\\d*";

	private static final Pattern SECRET_NAME = Pattern.compile(".*" + SECRET, Pattern.CASE_INSENSITIVE);

	private static final Pattern PARAMETER = Pattern
		.compile("(" + SECRET + "\\s*=\\s*)(?!['\"]|\\w+ \\*{3})[^&;\\s'\"]*", Pattern.CASE_INSENSITIVE);

	/** A quoted value, as in JSON or in a parameter. */
	private static final Pattern QUOTED = Pattern.compile("(" + SECRET + "[\"']?\\s*[:=]\\s*)([\"'])(?:(?!\\2).)*\\2",
			Pattern.CASE_INSENSITIVE);

	private static final Pattern HEADER = Pattern.compile(
			"(\\bauthorization\\s*[:=]\\s*(?:(?:basic|bearer|digest|token)\\s+)?|\\bbearer\\s+(?=[\\w.~+/=-]{16}))[^\\s,;'\"]+",
			Pattern.CASE_INSENSITIVE);

	/**
	 * Extends to the last at sign before the path, because a URL may list several hosts.
	 */
	private static final Pattern AUTHORITY = Pattern.compile("(?<=//)[^/?#\\s]*@");

	private static final Pattern USER_INFO = Pattern.compile("//[^?\\s]*@");

	/** The text after the colon is not a port, so a question mark does not end it. */
	private static final Pattern USER_INFO_WITH_QUESTION_MARK = Pattern
		.compile("//[^\\s/?@:]+:(?!\\d+(?:[/?,]|$))\\S*@");

	private static final Pattern LOOSE_USER_INFO = Pattern.compile("[^\\s'\"(/,]+:[^\\s'\"?/]*@");

	private Secrets() {
	}

	/**
	 * Whether the value of a property must not be shown or compared.
	 * @param property the property's name in any spelling, with or without the names of
	 * the groups that it is in
	 * @return true for passwords, tokens, keys of services and the like
	 */
	public static boolean isSecret(String property) {
		for (String part : property.split("[.\\[\\]]", 0)) {
			if (SECRET_NAME.matcher(part.replace("-", "").replace("_", "")).matches()) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Removes credentials from a value that may be a URL. Unlike {@link #mask}, it never
	 * removes anything else, so values that differ elsewhere remain different.
	 * @param value the value of an option
	 * @return the value without users, passwords and secret parameters
	 */
	public static String withoutCredentials(String value) {
		return PARAMETER.matcher(AUTHORITY.matcher(value).replaceAll("")).replaceAll("$1" + MASK);
	}

	/**
	 * Masks everything that looks like credentials in a URL or in a text that quotes one.
	 * Masks too much rather than too little.
	 * @param text a URL or a message
	 * @return the text without user info and without password parameters
	 */
	public static String mask(String text) {
		String masked = QUOTED.matcher(text).replaceAll("$1$2" + MASK + "$2");
		masked = HEADER.matcher(masked).replaceAll("$1" + MASK);
		masked = PARAMETER.matcher(masked).replaceAll("$1" + MASK);
		masked = USER_INFO_WITH_QUESTION_MARK.matcher(masked).replaceAll("//***@");
		masked = USER_INFO.matcher(masked).replaceAll("//***@");
		return LOOSE_USER_INFO.matcher(masked).replaceAll("***@");
	}

	/**
	 * Masks credentials and a known password in a text.
	 * @param text a message, or null
	 * @param password the password, or null
	 * @return the text without either; empty if the text is null
	 */
	public static String mask(@Nullable String text, @Nullable String password) {
		if (text == null) {
			return "";
		}
		// masking a password of one or two letters, which every text contains, would
		// reveal it
		boolean maskable = password != null && password.length() > 2;
		return mask(maskable ? text.replace(String.valueOf(password), MASK) : text);
	}

}
