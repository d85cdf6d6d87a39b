package io.deltasync.file.s3;

import java.util.List;

import io.deltasync.file.FilesContract;
import io.deltasync.file.store.FileStores;
import io.deltasync.testing.SettingsOfTests;
import io.deltasync.testing.TestBucket;
import org.junit.jupiter.api.AfterEach;

/**
 * Files in S3Mock.
 */
class S3FilesIT extends FilesContract {

	private TestBucket bucket;

	private S3Places places;

	@Override
	protected FileStores stores() {
		if (this.bucket == null) {
			this.bucket = TestBucket.create();
			this.places = new S3Places(SettingsOfTests.connections("s3", this.bucket.settings()), (name) -> {
				throw new IllegalArgumentException(name);
			});
		}
		return new FileStores(List.of(this.places));
	}

	@Override
	protected String connection() {
		return "lake";
	}

	@Override
	protected String directory() {
		return "";
	}

	@AfterEach
	void stop() {
		this.places.close();
		this.bucket.close();
	}

}
