package io.deltasync.link;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/**
 * Returns versions of the code of adapters and filters, for comparison between processes.
 */
final class CodeVersion {

	private static final String LAMBDA = "$$Lambda";

	private CodeVersion() {
	}

	/**
	 * Returns the version of a class.
	 * @param type the class, possibly a proxy or that of a lambda expression
	 * @return its name, the {@code Implementation-Version} of its jar and a digest of its
	 * class file, each as far as it is known
	 */
	static String of(Class<?> type) {
		Class<?> user = ClassUtils.getUserClass(type);
		int lambda = user.getName().indexOf(LAMBDA);
		String name = (lambda > 0) ? user.getName().substring(0, lambda) : user.getName();
		Package home = user.getPackage();
		return "%s %s %s".formatted(name, (home != null) ? home.getImplementationVersion() : null,
				digest(user, name.replace('.', '/') + ".class"));
	}

	private static @Nullable String digest(Class<?> type, String resource) {
		ClassLoader loader = type.getClassLoader();
		try (InputStream code = (loader != null) ? loader.getResourceAsStream(resource) : null) {
			return (code != null)
					? HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(code.readAllBytes())) : null;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
