package io.deltasync.file.write;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.deltasync.file.store.FileStore;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Joins the parts that a Link has delivered. The joined file begins with a line that
 * lists what it contains, so a crash at any time neither loses nor repeats a part: those
 * that it contains are only deleted, and others are added.
 */
final class JoinedParts {

	private static final JsonMapper JSON = JsonMapper.shared();

	private final FileStore store;

	private final String directory;

	JoinedParts(FileStore store, String directory) {
		this.store = store;
		this.directory = directory;
	}

	/**
	 * Joins all parts that are not in place.
	 * @param run the time of the run that ends
	 * @return the path of the joined file; null if there is nothing to put into place
	 */
	@Nullable String join(Instant run) throws IOException {
		TreeSet<String> names = new TreeSet<>();
		this.store.list(this.directory, 1, (file) -> names.add(file.name()));
		String begun = names.stream().filter(PartNames::isJoined).reduce((a, b) -> b).orElse(null);
		String base = (begun == null && names.contains(PartNames.placed(run))) ? PartNames.placed(run) : begun;
		Set<String> contained = new LinkedHashSet<>();
		if (base != null) {
			contained.addAll(contents(base));
		}
		List<String> parts = names.stream()
			.filter((name) -> PartNames.isPart(name) && !contained.contains(name))
			.toList();
		String joined = begun;
		if (!parts.isEmpty()) {
			joined = PartNames.joined(run);
			contained.addAll(parts);
			write(joined, contained, base, parts);
		}
		for (String name : names) {
			boolean obsolete = contained.contains(name) || name.endsWith(PartNames.TEMPORARY)
					|| (PartNames.isJoined(name) && !name.equals(joined))
					|| (PartNames.isPlaced(name) && !name.equals(PartNames.placed(run)));
			if (obsolete) {
				this.store.delete(this.directory + name);
			}
		}
		return (joined != null) ? this.directory + joined : null;
	}

	private void write(String joined, Set<String> contained, @Nullable String base, List<String> parts)
			throws IOException {
		String path = this.directory + joined;
		this.store.write(path, path + PartNames.TEMPORARY, (out) -> {
			out.write((JSON.writeValueAsString(contained) + "\n").getBytes(StandardCharsets.UTF_8));
			if (base != null) {
				try (InputStream in = this.store.open(this.directory + base)) {
					firstLine(in);
					in.transferTo(out);
				}
			}
			for (String part : parts) {
				try (InputStream in = this.store.open(this.directory + part)) {
					in.transferTo(out);
				}
			}
		}, () -> {
		});
	}

	private List<String> contents(String joined) throws IOException {
		try (InputStream in = this.store.open(this.directory + joined)) {
			return List.of(JSON.readValue(firstLine(in), String[].class));
		}
	}

	private static byte[] firstLine(InputStream in) throws IOException {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		for (int read = in.read(); read >= 0 && read != '\n'; read = in.read()) {
			line.write(read);
		}
		return line.toByteArray();
	}

	/**
	 * Reads the records of a joined file.
	 * @param joined its path
	 * @return a reader of their lines
	 */
	BufferedReader records(String joined) throws IOException {
		BufferedReader reader = new BufferedReader(
				new InputStreamReader(this.store.open(joined), StandardCharsets.UTF_8));
		reader.readLine();
		return reader;
	}

}
