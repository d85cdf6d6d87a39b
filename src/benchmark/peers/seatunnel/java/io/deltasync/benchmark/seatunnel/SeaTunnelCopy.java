package io.deltasync.benchmark.seatunnel;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.core.HazelcastInstance;
import org.apache.seatunnel.common.config.Common;
import org.apache.seatunnel.common.config.DeployMode;
import org.apache.seatunnel.engine.client.SeaTunnelClient;
import org.apache.seatunnel.engine.client.job.ClientJobProxy;
import org.apache.seatunnel.engine.common.config.ConfigProvider;
import org.apache.seatunnel.engine.common.config.JobConfig;
import org.apache.seatunnel.engine.common.config.SeaTunnelConfig;
import org.apache.seatunnel.engine.core.job.JobResult;
import org.apache.seatunnel.engine.core.job.JobStatus;
import org.apache.seatunnel.engine.server.SeaTunnelServerStarter;

/**
 * A job of SeaTunnel's own engine in local mode, as its command line starts it: the
 * server and its client in this process. That command line itself is not published as a
 * library in this version.
 */
public final class SeaTunnelCopy {

	private static final int BATCH = 1_000;

	private static final String COLUMNS = "id, name, email, amount, qty, active, birth, created_at, updated_at, note";

	private SeaTunnelCopy() {
	}

	/**
	 * Copies.
	 * @param args the URL, the user, the source table, the target database and table, how
	 * many readers and writers there are and, for a delta, the time since which rows
	 * changed
	 */
	public static void main(String[] args) throws Exception {
		Path home = Path.of("").toAbsolutePath();
		Files.createDirectories(home.resolve("connectors"));
		Files.writeString(home.resolve("connectors/plugin-mapping.properties"),
				"seatunnel.source.Jdbc = connector-jdbc\nseatunnel.sink.Jdbc = connector-jdbc\n");
		System.setProperty("SEATUNNEL_HOME", home.toString());
		Common.setDeployMode(DeployMode.CLIENT);
		Path job = Files.writeString(home.resolve("job.conf"), job(args));
		String cluster = "benchmark-" + ProcessHandle.current().pid();
		SeaTunnelConfig config = ConfigProvider.locateAndGetSeaTunnelConfig();
		config.getHazelcastConfig().setClusterName(cluster);
		HazelcastInstance server = SeaTunnelServerStarter.createHazelcastInstance(config);
		ClientConfig clientConfig = ConfigProvider.locateAndGetClientConfig();
		clientConfig.setClusterName(cluster);
		try (SeaTunnelClient client = new SeaTunnelClient(clientConfig)) {
			copy(client, config, job);
		}
		server.shutdown();
		System.exit(0);
	}

	private static void copy(SeaTunnelClient client, SeaTunnelConfig config, Path job) throws Exception {
		JobConfig jobConfig = new JobConfig();
		jobConfig.setName("copy");
		long start = System.nanoTime();
		ClientJobProxy running = client.createExecutionContext(job.toString(), jobConfig, config).execute();
		JobResult result = running.waitForJobCompleteV2();
		if (result.getStatus() != JobStatus.FINISHED) {
			throw new IllegalStateException(result.getStatus() + ": " + result.getError());
		}
		long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
		long rows = client.getJobMetricsSummary(running.getJobId()).getSinkWriteCount();
		System.out.println("copied " + rows + " rows in " + millis + " ms");
	}

	private static String job(String[] args) {
		String where = (args.length > 6) ? " WHERE updated_at >= '" + args[6] + "'" : "";
		return """
				env { job.mode = "BATCH", parallelism = %1$s }
				source {
				  Jdbc {
				    url = "%2$s", driver = "com.mysql.cj.jdbc.Driver", user = "%3$s"
				    query = "SELECT %7$s FROM %4$s%8$s"
				    %9$s
				    fetch_size = %10$d
				  }
				}
				sink {
				  Jdbc {
				    url = "%2$s", driver = "com.mysql.cj.jdbc.Driver", user = "%3$s"
				    generate_sink_sql = true, database = "%5$s", table = "%6$s", primary_keys = ["id"]
				    enable_upsert = true, batch_size = %11$d
				  }
				}
				""".formatted(args[5], args[0], args[1], args[2], args[3], args[4], COLUMNS, where,
				args[5].equals("1") ? "" : "partition_column = \"id\", partition_num = " + args[5], Integer.MIN_VALUE,
				BATCH);
	}

}
