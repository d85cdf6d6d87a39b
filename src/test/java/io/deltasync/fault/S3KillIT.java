package io.deltasync.fault;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.deltasync.testing.TestBucket;
import org.junit.jupiter.api.AfterEach;

/**
 * Kills of a process that reads and writes objects, before and after each request that
 * changes one: also between the copy of an object and its deletion.
 */
class S3KillIT extends FileKills {

	private final List<TestBucket> buckets = new ArrayList<>();

	@AfterEach
	void close() {
		this.buckets.forEach(TestBucket::close);
	}

	@Override
	Place place(Path directory) {
		TestBucket bucket = TestBucket.create();
		this.buckets.add(bucket);
		return new Place() {

			@Override
			public List<String> options() {
				List<String> options = new ArrayList<>();
				bucket.properties("lake").forEach((property) -> options.add("--" + property));
				options.add("--deltasync.links.orders.source.connection=lake");
				options.add("--deltasync.links.orders.target.connection=lake");
				return options;
			}

			@Override
			public String root() {
				return "";
			}

			@Override
			public void write(String path, String text) {
				bucket.put(path, text);
			}

			@Override
			public List<String> paths() {
				return bucket.paths();
			}

			@Override
			public String read(String path) {
				return bucket.read(path);
			}

		};
	}

}
