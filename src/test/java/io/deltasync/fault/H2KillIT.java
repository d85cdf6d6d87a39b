package io.deltasync.fault;

import java.nio.file.Path;
import java.util.List;

class H2KillIT extends KillContract {

	@Override
	List<String> database(Path directory) {
		return List.of("--spring.datasource.url=jdbc:h2:file:%s/%s;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE".formatted(
				directory, System.nanoTime()), "--spring.datasource.username=sa", "--spring.datasource.password=");
	}

}
