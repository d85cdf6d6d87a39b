package io.deltasync.codec;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import javax.tools.ToolProvider;

import io.deltasync.api.SourceAdapter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An adapter in a jar of its own, so to say: compiled without parameter names, loaded by
 * a class loader of its own, with a neighbour that sets a system property when it is
 * initialised.
 */
final class Compiled implements AutoCloseable {

	static final String INITIALISED = "scope-codec-test.initialised";

	private static final String SOURCE = """
			package vendor.source;
			public class Source implements io.deltasync.api.SourceAdapter {
				public static class MyScope {
					private final String requestId;
					private final String table;
					private final Integer offset;
					public MyScope(Integer start, String id, String other) {
						this.requestId = id;
						this.table = other;
						this.offset = start;
					}
					public String toString() {
						return requestId + " " + table + " " + offset;
					}
				}
			}
			""";

	private static final String CUSTOM = """
			package vendor.customer;
			public class Custom extends vendor.source.Source {
			}
			""";

	private static final String GUEST = """
			package io.deltasync.codec;
			public class Guest implements io.deltasync.api.SourceAdapter {
			}
			""";

	private static final String NAMELESS = """
			public class Nameless implements io.deltasync.api.SourceAdapter {
			}
			""";

	private static final String NEIGHBOUR = """
			package vendor.%s;
			public class Neighbour%s {
				static {
					System.setProperty("scope-codec-test.initialised", "true");
				}
			}
			""";

	private final URLClassLoader loader;

	private Compiled(URLClassLoader loader) {
		this.loader = loader;
	}

	static Compiled in(Path directory) throws IOException {
		if (Files.notExists(directory.resolve("vendor"))) {
			compile(directory);
		}
		System.clearProperty(INITIALISED);
		return new Compiled(
				new URLClassLoader(new URL[] { directory.toUri().toURL() }, Compiled.class.getClassLoader()));
	}

	private static void compile(Path directory) throws IOException {
		Path source = Files.writeString(directory.resolve("Source.java"), SOURCE);
		Path custom = Files.writeString(directory.resolve("Custom.java"), CUSTOM);
		Path guest = Files.writeString(directory.resolve("Guest.java"), GUEST);
		Path nameless = Files.writeString(directory.resolve("Nameless.java"), NAMELESS);
		Path outside = Files.createDirectory(directory.resolve("outside")).resolve("Neighbour.java");
		Files.writeString(outside, NEIGHBOUR.formatted("other", ""));
		Path beside = Files.createDirectory(directory.resolve("beside")).resolve("Neighbour.java");
		Files.writeString(beside, NEIGHBOUR.formatted("source", " extends Thread"));
		URL api = SourceAdapter.class.getProtectionDomain().getCodeSource().getLocation();
		List<String> arguments = Stream
			.of("-proc:none", "-cp", Path.of(URI.create(api.toString())), "-d", directory, source, custom, guest,
					nameless, outside, beside)
			.map(Object::toString)
			.toList();
		assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(new String[0])))
			.isZero();
	}

	SourceAdapter source() throws ReflectiveOperationException {
		return adapter("vendor.source.Source");
	}

	/** An adapter that extends the other from a package of its own. */
	SourceAdapter customSource() throws ReflectiveOperationException {
		return adapter("vendor.customer.Custom");
	}

	/** An adapter whose package has other classes in the parent class loader. */
	SourceAdapter guest() throws ReflectiveOperationException {
		return adapter("io.deltasync.codec.Guest");
	}

	/** An adapter in the unnamed package. */
	SourceAdapter nameless() throws ReflectiveOperationException {
		return adapter("Nameless");
	}

	private SourceAdapter adapter(String name) throws ReflectiveOperationException {
		return (SourceAdapter) this.loader.loadClass(name).getConstructor().newInstance();
	}

	Object scope(String requestId, String table, Integer offset) throws ReflectiveOperationException {
		return this.loader.loadClass("vendor.source.Source$MyScope")
			.getConstructor(Integer.class, String.class, String.class)
			.newInstance(offset, requestId, table);
	}

	/** Neither adapter nor scope: lies in another package of the same loader. */
	Object outsider() throws ReflectiveOperationException {
		return this.loader.loadClass("vendor.other.Neighbour").getConstructor().newInstance();
	}

	@Override
	public void close() throws IOException {
		this.loader.close();
	}

}
