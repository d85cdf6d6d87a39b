package io.deltasync.file.store;

import java.util.List;
import java.util.Map;

import io.deltasync.api.Connections;
import io.deltasync.file.s3.S3Places;
import io.deltasync.file.sftp.SftpPlaces;
import io.deltasync.testing.SettingsOfTests;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class FileStoresTests {

	private static FileStores stores(Connections connections) {
		return new FileStores(List.of(new SftpPlaces(connections), new S3Places(connections, (name) -> {
			throw new IllegalArgumentException(name);
		})));
	}

	@Test
	void typeOfTheConnectionDecidesWhereFilesAre() {
		assertThat(stores(SettingsOfTests.connections("sftp",
				Map.of("url", "sftp://files.example.com/export", "username", "reader")))
			.location("files", "in")).isEqualTo("sftp://files.example.com:22/export/in");
		assertThat(stores(SettingsOfTests.connections("s3", Map.of("url", "s3://exports/shop"))).location("lake", "in"))
			.isEqualTo("s3://exports/shop/in");
	}

	@Test
	void connectionThatLeadsToNoFilesIsRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> stores(SettingsOfTests.connections("jdbc", Map.of())).check("crm", ""))
			.withMessage("connection 'crm' leads to no files; name one of the type s3 or sftp");
		assertThatIllegalArgumentException().isThrownBy(() -> new FileStores(List.of()).check("crm", ""))
			.withMessageContaining("the libraries for it are missing; add org.apache.sshd:sshd-sftp");
	}

}
