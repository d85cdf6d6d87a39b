package io.deltasync.run.lane;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.deltasync.remote.Worker;
import io.deltasync.testing.Script;
import io.deltasync.testing.ScriptedRuns;
import io.deltasync.testing.TestBroker;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/**
 * A worker, and the broker that it gets its lanes from.
 */
@SuppressWarnings("try")
public final class WorkerApplication implements AutoCloseable {

	private final Path directory;

	private final int port = TestBroker.freePort();

	private TestBroker broker;

	private final List<String> properties;

	private final List<ConfigurableApplicationContext> applications = new ArrayList<>();

	private WorkerApplication(List<String> properties) throws Exception {
		this.directory = Files.createTempDirectory("deltasync-broker");
		this.properties = properties;
		startBroker();
	}

	/** Starts a broker and adds what leads to it to an application's properties. */
	public static WorkerApplication prepare(List<String> properties) throws Exception {
		WorkerApplication prepared = new WorkerApplication(properties);
		properties.addAll(List.of("deltasync.workers=remote", "deltasync.remote.broker-url=" + prepared.broker.url(),
				"deltasync.remote.concurrency=3", "deltasync.remote.timeout=1m"));
		return prepared;
	}

	void startBroker() throws Exception {
		this.broker = TestBroker.start(this.directory, this.port);
	}

	TestBroker broker() {
		return this.broker;
	}

	/** Starts a process in which a worker has yet to begin. */
	ConfigurableApplicationContext startIdle(Script script, String... arguments) {
		ConfigurableApplicationContext application = new SpringApplicationBuilder(ScriptedRuns.Application.class)
			.web(WebApplicationType.NONE)
			.properties(this.properties.toArray(String[]::new))
			.initializers((context) -> context.getBeanFactory().registerSingleton("scriptOfTheRun", script))
			.run(arguments);
		this.applications.add(application);
		return application;
	}

	/** Starts a worker, one more if there is one already. */
	public ConfigurableApplicationContext start(Script script, String... arguments) {
		ConfigurableApplicationContext application = startIdle(script, arguments);
		Worker worker = application.getBean(Worker.class);
		Thread thread = new Thread(() -> {
			try {
				worker.work();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}, "worker");
		thread.setDaemon(true);
		thread.start();
		return application;
	}

	/** Tells all workers to end. */
	void stopWorkers() {
		this.applications.forEach(ConfigurableApplicationContext::close);
		this.applications.clear();
	}

	@Override
	public void close() throws Exception {
		stopWorkers();
		this.broker.close();
		FileSystemUtils.deleteRecursively(this.directory);
	}

}
