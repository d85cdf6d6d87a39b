package io.deltasync.link;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Keeps passwords out of messages.
 */
public final class Secrets {

	private static final String MASK = "***";

	private static final String SECRET = "(?:password|passwd|passphrase|pwd|secret|token|credentials?)";

	private static final Pattern SECRET_NAME = Pattern.compile(".*" + SECRET + "\\d*", Pattern.CASE_INSENSITIVE);

	private static final Pattern PARAMETER = Pattern.compile("(" + SECRET + "\\d*\\s*=\\s*)[^&;\\s'\"]*",
			Pattern.CASE_INSENSITIVE);

	private static final Pattern USER_INFO = Pattern.compile("//[^?\\s]*@");

	/** What follows the colon is no port, so a question mark does not end it. */
	private static final Pattern USER_INFO_WITH_QUESTION_MARK = Pattern
		.compile("//[^\\s/?@:]+:(?!\\d+(?:[/?,]|$))\\S*@");

	private static final Pattern LOOSE_USER_INFO = Pattern.compile("[^\\s'\"(/,]+:[^\\s'\"?/]*@");

	private Secrets() {
	}

	/**
	 * Tells whether the value of a property is nobody's business.
	 * @param property the property's name, in any spelling
	 * @return true for passwords and the like
	 */
	static boolean isSecret(String property) {
		return SECRET_NAME.matcher(property.replace("-", "").replace("_", "")).matches();
	}

	/**
	 * Masks what looks like credentials in a URL, or in a text that quotes one. Masks
	 * rather too much than too little.
	 * @param text a URL or a message
	 * @return the text without user-info and without password parameters
	 */
	public static String mask(String text) {
		String masked = PARAMETER.matcher(text).replaceAll("$1" + MASK);
		masked = USER_INFO_WITH_QUESTION_MARK.matcher(masked).replaceAll("//***@");
		masked = USER_INFO.matcher(masked).replaceAll("//***@");
		return LOOSE_USER_INFO.matcher(masked).replaceAll("***@");
	}

	/**
	 * Masks credentials, and a password that is known, in a text.
	 * @param text a message, or null
	 * @param password the password, or null
	 * @return the text without either; empty when there was none
	 */
	public static String mask(@Nullable String text, @Nullable String password) {
		if (text == null) {
			return "";
		}
		// a password of one or two letters is in every text: masking it would tell it
		boolean telling = password != null && password.length() > 2;
		return mask(telling ? text.replace(String.valueOf(password), MASK) : text);
	}

}
