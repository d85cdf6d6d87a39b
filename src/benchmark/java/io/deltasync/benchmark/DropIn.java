package io.deltasync.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/**
 * The in-memory adapters as a jar that the product finds in a directory.
 */
final class DropIn {

	private static final List<Class<?>> CLASSES = List.of(InMemoryAdapters.class, InMemorySource.class,
			InMemorySource.Part.class, InMemorySource.Options.class, InMemoryPages.class, FetchSpan.class,
			DiscardingTarget.class);

	private static final String IMPORTS = "META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports";

	private DropIn() {
	}

	static void create(Path directory) throws IOException {
		Files.createDirectories(directory);
		try (OutputStream file = Files.newOutputStream(directory.resolve("in-memory.jar"));
				JarOutputStream jar = new JarOutputStream(file)) {
			jar.putNextEntry(new JarEntry(IMPORTS));
			jar.write(InMemoryAdapters.class.getName().getBytes(StandardCharsets.UTF_8));
			for (Class<?> type : CLASSES) {
				String name = type.getName().replace('.', '/') + ".class";
				jar.putNextEntry(new JarEntry(name));
				try (InputStream content = DropIn.class.getClassLoader().getResourceAsStream(name)) {
					if (content == null) {
						throw new IOException(name + " is not there");
					}
					content.transferTo(jar);
				}
			}
		}
	}

}
