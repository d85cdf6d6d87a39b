package io.deltasync.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A contender with libraries of its own.
 *
 * @param name its name in the report
 * @param peer the program
 * @param java what java is told, the size of the heap included
 * @param main its main class
 * @param arguments what it is given; for a delta, followed by the time since which rows
 * changed
 */
record PeerProgram(String name, Peer peer, List<String> java, String main,
		List<String> arguments) implements Contender {

	@Override
	public void prepare(Path directory) throws IOException, InterruptedException {
		this.peer.build();
	}

	@Override
	public List<String> fullLoad() {
		return command();
	}

	@Override
	public List<String> delta(String since) {
		return command(since);
	}

	private List<String> command(String... more) {
		return Stream
			.of(Stream.of(JAVA), this.java.stream(), Stream.of("-classpath", this.peer.classpath(), this.main),
					this.arguments.stream(), Stream.of(more))
			.flatMap((part) -> part)
			.toList();
	}

	@Override
	public Copied copied(String output) {
		return Copied.parse(output);
	}

}
