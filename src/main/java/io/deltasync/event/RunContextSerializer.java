package io.deltasync.event;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.springframework.batch.core.repository.ExecutionContextSerializer;
import org.springframework.batch.core.repository.dao.DefaultExecutionContextSerializer;
import org.springframework.batch.core.repository.dao.JacksonExecutionContextStringSerializer;

/**
 * Stores the execution contexts of Links' runs as readable JSON, and those of an
 * application's own jobs as the application does. Thread-safe if the application's
 * serializer is.
 */
public class RunContextSerializer implements ExecutionContextSerializer {

	private final ExecutionContextSerializer json = new JacksonExecutionContextStringSerializer();

	private final ExecutionContextSerializer others;

	/**
	 * Creates a serializer.
	 * @param others the serializer of all other execution contexts
	 */
	public RunContextSerializer(ExecutionContextSerializer others) {
		this.others = others;
	}

	@Override
	public void serialize(Map<String, Object> context, OutputStream out) throws IOException {
		(context.containsKey(RunSummary.KEY) ? this.json : this.others).serialize(context, out);
	}

	/**
	 * Earlier versions stored all contexts as JSON. Spring Batch's default form is
	 * Base64, so a leading brace distinguishes them.
	 */
	@Override
	public Map<String, Object> deserialize(InputStream in) throws IOException {
		ByteArrayOutputStream stored = new ByteArrayOutputStream();
		in.transferTo(stored);
		String text = stored.toString(StandardCharsets.UTF_8);
		boolean ours = text.contains('"' + RunSummary.KEY + '"')
				|| (text.startsWith("{") && this.others instanceof DefaultExecutionContextSerializer);
		return (ours ? this.json : this.others).deserialize(new ByteArrayInputStream(stored.toByteArray()));
	}

}
