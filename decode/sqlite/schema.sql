-- SPDX-License-Identifier: GPL-2.0-or-later
-- The tables and views of systape-decode -l sqlite. systape-sql(5) explains them.
-- Times are nanoseconds since 1970, spans nanoseconds. Integers have 64 bits and a sign: of one from 2^63 on, 2^64 is taken off.
-- Text is TEXT; a BLOB where it is not UTF-8, or has a NUL in it.
CREATE TABLE tapes (
	id INTEGER PRIMARY KEY,
	host TEXT, kernel TEXT, arch TEXT, command TEXT, systape TEXT, backend TEXT, clock TEXT,
	start INTEGER, started TEXT, cpus INTEGER, page_size INTEGER, recorder_pid INTEGER,
	capture TEXT, part INTEGER,
	calls INTEGER, failed INTEGER, unfinished INTEGER, signals INTEGER, processes INTEGER,
	probes INTEGER, losses INTEGER, lost_calls INTEGER, lost_enters INTEGER, lost_events INTEGER,
	missing_records INTEGER, missing_parts INTEGER, calls_on_tape INTEGER, complete INTEGER
);
CREATE TABLE processes (
	id INTEGER PRIMARY KEY,
	tape INTEGER NOT NULL REFERENCES tapes,
	pid INTEGER NOT NULL, ppid INTEGER,
	parent INTEGER REFERENCES processes,
	comm TEXT, exe TEXT, command TEXT, cwd TEXT, cgroup TEXT, uid INTEGER,
	started INTEGER, ended INTEGER, exit_code INTEGER, signal INTEGER, core INTEGER,
	numbers TEXT, uids TEXT, gids TEXT, fds TEXT
);
CREATE TABLE threads (
	id INTEGER PRIMARY KEY,
	process INTEGER NOT NULL REFERENCES processes,
	tid INTEGER NOT NULL, comm TEXT, started INTEGER, ended INTEGER
);
CREATE TABLE programs (
	id INTEGER PRIMARY KEY,
	process INTEGER NOT NULL REFERENCES processes,
	thread INTEGER NOT NULL REFERENCES threads,
	time INTEGER, path TEXT, command TEXT, environment TEXT, script INTEGER
);
CREATE TABLE files (
	id INTEGER PRIMARY KEY,
	tape INTEGER NOT NULL REFERENCES tapes,
	path TEXT NOT NULL,
	UNIQUE (tape, path)
);
CREATE TABLE sockets (
	id INTEGER PRIMARY KEY,
	tape INTEGER NOT NULL REFERENCES tapes,
	socket TEXT NOT NULL,
	name TEXT, family INTEGER, type INTEGER, protocol INTEGER, inode INTEGER, local TEXT, remote TEXT,
	UNIQUE (tape, socket)
);
CREATE TABLE calls (
	id INTEGER PRIMARY KEY,
	tape INTEGER NOT NULL REFERENCES tapes,
	process INTEGER REFERENCES processes,
	thread INTEGER REFERENCES threads,
	time INTEGER, cpu INTEGER, comm TEXT,
	name TEXT NOT NULL, nr INTEGER, arch TEXT, state TEXT NOT NULL,
	retval INTEGER, error TEXT, errno INTEGER, latency INTEGER, cpu_time INTEGER,
	file INTEGER REFERENCES files,
	socket INTEGER REFERENCES sockets,
	bytes_read INTEGER, bytes_written INTEGER, ip INTEGER, details TEXT, result TEXT, fds TEXT
);
CREATE TABLE arguments (
	call INTEGER NOT NULL REFERENCES calls,
	position INTEGER NOT NULL,
	name TEXT NOT NULL,
	number INTEGER, text TEXT, json TEXT,
	PRIMARY KEY (call, position)
) WITHOUT ROWID;
CREATE TABLE signals (
	id INTEGER PRIMARY KEY,
	tape INTEGER NOT NULL REFERENCES tapes,
	process INTEGER REFERENCES processes,
	thread INTEGER REFERENCES threads,
	time INTEGER, signal INTEGER, name TEXT, info TEXT
);
CREATE TABLE probes (
	id INTEGER PRIMARY KEY,
	tape INTEGER NOT NULL REFERENCES tapes,
	process INTEGER REFERENCES processes,
	thread INTEGER REFERENCES threads,
	time INTEGER, cpu INTEGER, name TEXT, json TEXT
);
CREATE TABLE losses (
	id INTEGER PRIMARY KEY,
	tape INTEGER NOT NULL REFERENCES tapes,
	time INTEGER, cpu INTEGER, reason TEXT,
	calls INTEGER, enters INTEGER, events INTEGER, records INTEGER, parts INTEGER,
	first INTEGER, last INTEGER
);
CREATE VIEW slowest_calls AS
	SELECT c.id AS call, t.host, p.pid, c.comm, c.name, c.latency, coalesce(c.error, c.retval) AS result,
		coalesce(f.path, s.name) AS file, c.time
	FROM calls c JOIN tapes t ON t.id = c.tape LEFT JOIN processes p ON p.id = c.process
	LEFT JOIN files f ON f.id = c.file LEFT JOIN sockets s ON s.id = c.socket
	WHERE c.latency IS NOT NULL ORDER BY c.latency DESC;
-- Sums in two parts: exact as far as an integer goes, and never an error, whatever a damaged tape says.
CREATE VIEW call_totals AS
	SELECT t.host, c.name, count(*) AS calls, count(c.errno) AS errors,
		sum(c.latency / 1000000000) * 1000000000 + sum(c.latency % 1000000000) AS total,
		min(c.latency) AS shortest, avg(c.latency) AS mean, max(c.latency) AS longest
	FROM calls c JOIN tapes t ON t.id = c.tape WHERE c.state = 'done'
	GROUP BY t.host, c.name ORDER BY total DESC;
CREATE VIEW files_by_process AS
	SELECT t.host, p.pid, p.comm, f.path, count(*) AS calls, count(c.errno) AS errors,
		sum(c.latency / 1000000000) * 1000000000 + sum(c.latency % 1000000000) AS total,
		sum(c.bytes_read / 1000000000) * 1000000000 + sum(c.bytes_read % 1000000000) AS bytes_read,
		sum(c.bytes_written / 1000000000) * 1000000000 + sum(c.bytes_written % 1000000000) AS bytes_written
	FROM calls c JOIN files f ON f.id = c.file JOIN tapes t ON t.id = c.tape
	LEFT JOIN processes p ON p.id = c.process WHERE c.state = 'done' GROUP BY c.process, c.file;
CREATE VIEW errors AS
	SELECT t.host, c.name, c.error, count(*) AS calls, count(DISTINCT c.process) AS processes,
		min(f.path) AS example
	FROM calls c JOIN tapes t ON t.id = c.tape LEFT JOIN files f ON f.id = c.file
	WHERE c.errno IS NOT NULL GROUP BY t.host, c.name, c.error ORDER BY calls DESC;
CREATE VIEW process_tree AS
	WITH RECURSIVE tree (process, depth, place) AS (
		SELECT id, 0, printf('%012d', id) FROM processes WHERE parent IS NULL
		UNION ALL
		SELECT p.id, depth + 1, place || printf('/%012d', p.id) FROM processes p JOIN tree ON p.parent = tree.process)
	SELECT t.host, p.id AS process, tree.depth, p.pid, p.comm, p.exe, p.command, p.started, p.ended,
		p.ended - p.started AS lifetime, p.exit_code, p.signal, tree.place
	FROM tree JOIN processes p ON p.id = tree.process JOIN tapes t ON t.id = p.tape ORDER BY tree.place;
CREATE VIEW call_lines AS
	SELECT c.id AS call, t.host, c.time, p.pid, c.comm, c.name || '(' || coalesce((
		SELECT group_concat(a.name || '=' || coalesce(a.json,
			CASE typeof(a.text) WHEN 'blob' THEN quote(a.text) WHEN 'text' THEN json_quote(a.text) END, a.number), ', ')
		FROM arguments a WHERE a.call = c.id), '') || ') = ' || coalesce(c.error, c.retval, '?') AS line
	FROM calls c JOIN tapes t ON t.id = c.tape LEFT JOIN processes p ON p.id = c.process;
