package io.deltasync.fault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.util.concurrent.atomic.AtomicLong;

import io.deltasync.DeltaSyncApplication;
import org.h2.store.fs.FileBase;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * A disk for H2's files, {@code jdbc:h2:scarce:/directory/name}, that has only so many
 * bytes left: files may be written to where they have been, and grow until it is full. A
 * write for which there is not enough is cut short, as a real one is. And DeltaSync
 * itself, whose databases may lie there.
 */
public final class ScarceDisk extends FilePathWrapper {

	/** How many bytes are left; without it there are enough. */
	static final String BYTES = "scarce.bytes";

	static final String SCHEME = "scarce";

	private static final AtomicLong LEFT = new AtomicLong(Long.getLong(BYTES, Long.MAX_VALUE));

	public static void main(String[] arguments) {
		FilePath.register(new ScarceDisk());
		DeltaSyncApplication.main(arguments);
	}

	@Override
	public String getScheme() {
		return SCHEME;
	}

	@Override
	public FileChannel open(String mode) throws IOException {
		return new Channel(super.open(mode));
	}

	private static final class Channel extends FileBase {

		private final FileChannel file;

		Channel(FileChannel file) {
			this.file = file;
		}

		@Override
		public int write(ByteBuffer bytes) throws IOException {
			int written = write(bytes, this.file.position());
			this.file.position(this.file.position() + written);
			return written;
		}

		@Override
		public int write(ByteBuffer bytes, long position) throws IOException {
			synchronized (LEFT) {
				return writeWhatFits(bytes, position);
			}
		}

		private int writeWhatFits(ByteBuffer bytes, long position) throws IOException {
			long growth = Math.max(0, position + bytes.remaining() - this.file.size());
			long missing = growth - LEFT.get();
			if (missing <= 0) {
				LEFT.addAndGet(-growth);
				return this.file.write(bytes, position);
			}
			LEFT.set(0);
			int fitting = (int) Math.max(0, bytes.remaining() - missing);
			this.file.write(bytes.slice(bytes.position(), fitting), position);
			throw new IOException("No space left on device");
		}

		@Override
		public FileChannel truncate(long size) throws IOException {
			long freed = this.file.size() - size;
			if (freed > 0 && LEFT.get() != Long.MAX_VALUE) {
				LEFT.addAndGet(freed);
			}
			this.file.truncate(size);
			return this;
		}

		@Override
		public int read(ByteBuffer bytes) throws IOException {
			return this.file.read(bytes);
		}

		@Override
		public int read(ByteBuffer bytes, long position) throws IOException {
			return this.file.read(bytes, position);
		}

		@Override
		public long position() throws IOException {
			return this.file.position();
		}

		@Override
		public FileChannel position(long position) throws IOException {
			this.file.position(position);
			return this;
		}

		@Override
		public long size() throws IOException {
			return this.file.size();
		}

		@Override
		public void force(boolean metaData) throws IOException {
			this.file.force(metaData);
		}

		@Override
		public FileLock tryLock(long position, long size, boolean shared) throws IOException {
			return this.file.tryLock(position, size, shared);
		}

		@Override
		protected void implCloseChannel() throws IOException {
			this.file.close();
		}

	}

}
