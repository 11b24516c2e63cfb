/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bpf_files: what a descriptor that a call has made is open on: inode, device, file system, for
 * sockets protocol and addresses, and the names from the file up to the root, as one piece with
 * struct trace_file. Only calls that make or bind descriptors, or change the directory, come here.
 * Included once, by bpf_pieces.h.
 */
#ifndef SYSTAPE_BPF_FILES_H
#define SYSTAPE_BPF_FILES_H

#define NAMES_MOST    3800 /* bytes of all names */
#define NAME_MOST     256  /* of one, with its NUL */
#define DEPTH_MOST    128
#define DENTRY_START  48     /* bytes of struct dentry that are read at once */
#define CWD	      (-100) /* AT_FDCWD */
#define MODE_TYPE     0170000
#define MODE_SOCKET   0140000
#define MODE_CHAR     0020000
#define MODE_FILE     0100000
#define MODE_FIFO     0010000
#define DEVICE_PTMX   (5 << 20 | 2)
#define FILE_BEGIN    0 /* of a call; or as it is at its end */
#define FILE_END      1
#define NAME_EVENTFD  0x6466746e6576655bull /* "[eventfd" */
#define NAME_SIGNALFD 0x666c616e6769735bull /* "[signalf" */
#define FAMILY_UNIX   1
#define FAMILY_INET   2
#define FAMILY_INET6  10

#include "tracer/bpf/program/bpf_file_types.h"

struct name_walk {
	struct dentry *dentry, *top; /* `top`: the root of the mount at hand */
	struct mount *mount;
	struct dentry *root; /* where the names end, NULL: where there is nothing above */
	struct mount *root_mount;
	uint64_t hash; /* of all names */
};

static __always_inline uint64_t mix(uint64_t hash, uint64_t value)
{
	hash = (hash ^ value) * 0x9e3779b97f4a7c15ull;
	return hash ^ hash >> 29;
}

/* Parts of a hash that do not wait for each other; `i` tells them apart. */
static __always_inline uint64_t spread(uint64_t value, uint32_t i)
{
	return (value ^ value >> 32) * (0x9e3779b97f4a7c15ull + ((uint64_t)i << 33 | 2 * i));
}

/* One descriptor of one process; the number of a process that has ended may come again. */
static __always_inline uint64_t descriptor_key(struct task_struct *task, int fd, uint64_t began)
{
	return spread((uint64_t)(uint32_t)task->tgid << 32 | (uint32_t)fd, 14) + spread(began, 15) +
	       spread(names.epoch, 16);
}

/* The same where the call is not a common one: see bpf_kernel.h. */
static __always_inline uint64_t rare_descriptor_key(int fd)
{
	struct task_struct *task = bpf_get_current_task_btf();

	return descriptor_key(task, fd, BPF_CORE_READ(task, group_leader, start_time));
}

static __always_inline struct bpf_told *told_of(uint64_t key)
{
	uint32_t slot = key >> 40 & (PLAN_TOLD - 1);

	return bpf_map_lookup_elem(&told, &slot);
}

static __always_inline struct mount *mount_of(struct vfsmount *mnt)
{
	return (void *)mnt - bpf_core_field_offset(struct mount, mnt);
}

/* The two fields that a step needs, in one read where they are close to the beginning, as in every
 * kernel so far. */
static __always_inline bool read_dentry(struct dentry *dentry, struct dentry **parent,
					const unsigned char **name)
{
	const uint32_t at_parent = bpf_core_field_offset(struct dentry, d_parent);
	const uint32_t at_name = bpf_core_field_offset(struct dentry, d_name) +
				 bpf_core_field_offset(struct qstr, name);
	char bytes[DENTRY_START];

	if (at_parent > DENTRY_START - 8 || at_name > DENTRY_START - 8) {
		*parent = BPF_CORE_READ(dentry, d_parent);
		*name = BPF_CORE_READ(dentry, d_name.name);
		return true;
	}
	if (bpf_probe_read_kernel(bytes, sizeof(bytes), dentry))
		return false;
	__builtin_memcpy(parent, bytes + at_parent, sizeof(*parent));
	__builtin_memcpy(name, bytes + at_name, sizeof(*name));
	return true;
}

/* Where the names of the piece at hand begin, from the record's start. */
static __always_inline uint32_t names_begin(struct bpf_ring *r)
{
	return (r->walk.at & (PLAN_RECORD_MAX - 8)) + sizeof(struct trace_piece) +
	       sizeof(struct trace_nested) + sizeof(struct trace_file);
}

static __always_inline bool names_full(struct bpf_ring *r)
{
	return r->walk.name_at + NAME_MOST > names_begin(r) + NAMES_MOST;
}

/* One step up: a name, or from the root of a mount to where it is mounted. */
static long one_name(uint32_t i, struct name_walk *n)
{
	struct dentry *dentry = n->dentry, *parent;
	struct mount *mount = n->mount, *up;
	struct bpf_ring *r = this_ring();
	const unsigned char *name;
	long size;

	if (!r || (dentry == n->root && mount == n->root_mount))
		return 1;
	if (dentry == n->top) {
		up = BPF_CORE_READ(mount, mnt_parent);
		if (!up || up == mount) {
			r->walk.name_flags |= TRACE_FILE_NO_ROOT;
			return 1;
		}
		n->dentry = BPF_CORE_READ(mount, mnt_mountpoint);
		n->mount = up;
		n->top = BPF_CORE_READ(up, mnt.mnt_root);
		return 0;
	}
	if (names_full(r)) {
		r->walk.name_flags |= TRACE_FILE_CUT;
		return 1;
	}
	if (!read_dentry(dentry, &parent, &name))
		return 1;
	size = bpf_probe_read_kernel_str(piece_at(r, r->walk.name_at), NAME_MOST, name);
	if (size <= 0)
		return 1;
	n->hash = mix(mix(n->hash, BPF_CORE_READ(dentry, d_name.hash_len)), (uint64_t)dentry);
	r->walk.name_at += size & 0x1ff;
	r->walk.names++;
	n->dentry = parent;
	if (dentry == parent) { /* in no folder: a pipe, an anonymous inode, a memfd */
		r->walk.name_flags |= TRACE_FILE_NO_ROOT;
		return 1;
	}
	return 0;
}

static __always_inline void read_inet(struct trace_file *f, struct sock *sk)
{
	struct sock_common *c = (void *)sk + bpf_core_field_offset(struct sock, __sk_common);
	uint16_t port = BPF_CORE_READ(c, skc_dport);
	uint32_t address;

	f->local_port = BPF_CORE_READ(c, skc_num);
	f->remote_port = __builtin_bswap16(port);
	if (f->family == FAMILY_INET) {
		address = BPF_CORE_READ(c, skc_rcv_saddr);
		__builtin_memcpy(f->local, &address, 4);
		address = BPF_CORE_READ(c, skc_daddr);
		__builtin_memcpy(f->remote, &address, 4);
	} else if (bpf_core_field_exists(c->skc_v6_daddr)) {
		bpf_core_read(f->local, 16, &c->skc_v6_rcv_saddr);
		bpf_core_read(f->remote, 16, &c->skc_v6_daddr);
	}
}

static __always_inline uint64_t inode_of_socket(struct socket *socket)
{
	struct socket_alloc *all =
		(void *)socket - bpf_core_field_offset(struct socket_alloc, socket);

	return socket ? BPF_CORE_READ(all, vfs_inode.i_ino) : 0;
}

/* The other end, and the address as one more name. */
static __always_inline void read_unix(struct trace_file *f, struct sock *sk, struct name_walk *n,
				      struct bpf_ring *r)
{
	struct unix_sock *u = (void *)sk;
	struct unix_address *address;
	struct sock *peer;
	uint32_t size;

	if (!bpf_core_type_exists(struct unix_sock))
		return;
	peer = BPF_CORE_READ(u, peer);
	if (peer)
		f->peer = inode_of_socket(BPF_CORE_READ(peer, sk_socket));
	address = BPF_CORE_READ(u, addr);
	if (!address)
		return;
	size = BPF_CORE_READ(address, len);
	size = (size - 2) & 0x7f; /* behind the family */
	n->hash =
		mix(mix(n->hash, (uint64_t)address), size); /* it never changes while it is used */
	if (names_full(r) || !size ||
	    bpf_probe_read_kernel(piece_at(r, r->walk.name_at), size,
				  (void *)address +
					  bpf_core_field_offset(struct unix_address, name) + 2))
		return;
	r->walk.name_at += size;
	r->walk.names = 1;
}

static __always_inline void read_socket(struct trace_file *f, struct file *file,
					struct name_walk *n, struct bpf_ring *r)
{
	struct socket *socket = BPF_CORE_READ(file, private_data);
	struct sock *sk = BPF_CORE_READ(socket, sk);

	if (!sk)
		return;
	f->family = BPF_CORE_READ(sk, __sk_common.skc_family);
	f->type = BPF_CORE_READ(sk, sk_type);
	f->protocol = BPF_CORE_READ(sk, sk_protocol);
	if (f->family == FAMILY_INET || f->family == FAMILY_INET6)
		read_inet(f, sk);
	else if (f->family == FAMILY_UNIX)
		read_unix(f, sk, n, r);
	else if (f->family == FAMILY_NETLINK && bpf_core_type_exists(struct netlink_sock))
		f->peer = BPF_CORE_READ((struct netlink_sock *)sk, portid);
}

/* Which terminal belongs to a /dev/ptmx. */
static __always_inline void read_terminal(struct trace_file *f, struct file *file)
{
	struct tty_file_private *private;

	if (f->rdev != DEVICE_PTMX || (f->mode & MODE_TYPE) != MODE_CHAR || !file)
		return;
	private = BPF_CORE_READ(file, private_data);
	if (private && bpf_core_type_exists(struct tty_file_private))
		f->peer = BPF_CORE_READ(private, tty, index) + 1;
}

static __always_inline void read_inode(struct trace_file *f, struct inode *inode)
{
	struct super_block *sb = BPF_CORE_READ(inode, i_sb);

	f->inode = BPF_CORE_READ(inode, i_ino);
	f->mode = BPF_CORE_READ(inode, i_mode);
	f->rdev = BPF_CORE_READ(inode, i_rdev);
	f->dev = BPF_CORE_READ(sb, s_dev);
	f->magic = BPF_CORE_READ(sb, s_magic);
}

static __always_inline struct file *file_of(struct task_struct *task, int fd)
{
	struct fdtable *table = task->files->fdt;
	struct file **files, *file = NULL;

	if ((uint32_t)fd >= table->max_fds)
		return NULL;
	files = table->fd;
	bpf_probe_read_kernel(&file, sizeof(file), files + fd);
	return file;
}

/* The same where the call is not a common one: see bpf_kernel.h. */
static __always_inline struct file *rare_file_of(struct task_struct *task, int fd)
{
	struct fdtable *table = BPF_CORE_READ(task, files, fdt);
	struct file *file = NULL;

	if ((uint32_t)fd < BPF_CORE_READ(table, max_fds))
		bpf_probe_read_kernel(&file, sizeof(file), BPF_CORE_READ(table, fd) + fd);
	return file;
}

/* A file of this type: what stands for a UNIX socket in a folder is none (O_PATH). */
static __always_inline bool is_socket(struct file *file, uint32_t type)
{
	return file && type == MODE_SOCKET && BPF_CORE_READ(file, private_data);
}

/* In no folder any more. */
static __always_inline bool is_gone(struct dentry *dentry)
{
	return !BPF_CORE_READ(dentry, d_hash.pprev) && dentry != BPF_CORE_READ(dentry, d_parent);
}

/* The first bytes of its name. */
static __always_inline uint64_t name_begin(struct dentry *dentry)
{
	uint64_t text = 0;

	bpf_probe_read_kernel(&text, sizeof(text), BPF_CORE_READ(dentry, d_name.name));
	return text;
}

static __always_inline void read_special(struct trace_file *f, struct file *file,
					 struct dentry *dentry)
{
	void *private = BPF_CORE_READ(file, private_data);
	struct eventfd_ctx *event = private;
	uint64_t text = name_begin(dentry);
	int id;

	if (text == NAME_SIGNALFD)
		bpf_probe_read_kernel(&f->peer, sizeof(f->peer), private);
	if (text != NAME_EVENTFD || !bpf_core_type_exists(struct eventfd_ctx))
		return;
	f->peer = BPF_CORE_READ(event, count);
	f->type = BPF_CORE_READ(event, flags);
	id = BPF_CORE_READ(event, id);
	__builtin_memcpy(f->local, &id, sizeof(id));
}

/* What the piece says, as a hash; the names are in it. */
static __always_inline uint64_t mix_facts(uint64_t hash, const struct trace_file *f)
{
	const uint64_t *word = (const void *)f;

#pragma unroll
	for (uint32_t i = 0; i < sizeof(*f) / sizeof(*word); i++)
		hash = mix(hash, word[i]);
	return hash ? hash : 1;
}

/* Fills in what the descriptor is open on, and the names behind it. False: on nothing. */
static __always_inline bool read_file(struct trace_file *f, struct name_walk *n, int fd,
				      struct bpf_ring *r)
{
	struct task_struct *task = bpf_get_current_task_btf();
	struct file *file = NULL;
	struct path path = { NULL, NULL };
	struct dentry *dentry;
	struct fs_struct *fs;

	if (fd != CWD) {
		file = rare_file_of(task, fd);
		if (!file)
			return false;
		bpf_core_read(&path, sizeof(path), &file->f_path);
		dentry = path.dentry;
		read_inode(f, BPF_CORE_READ(file, f_inode));
	} else {
		fs = BPF_CORE_READ(task, fs);
		bpf_core_read(&path, sizeof(path), &fs->pwd);
		dentry = path.dentry;
		read_inode(f, BPF_CORE_READ(dentry, d_inode));
	}
	if (is_socket(file, f->mode & MODE_TYPE)) {
		read_socket(f, file, n, r);
		return true;
	}
	if (!setting(paths)) { /* only what sockets are is of interest */
		r->walk.name_flags = TRACE_FILE_CUT;
		return true;
	}
	if (is_gone(dentry))
		r->walk.name_flags |= TRACE_FILE_GONE;
	read_terminal(f, file);
	if (file && BPF_CORE_READ(dentry, d_parent) == dentry)
		read_special(f, file, dentry);
	n->dentry = dentry;
	n->mount = mount_of(path.mnt);
	n->top = BPF_CORE_READ(path.mnt, mnt_root);
	if (setting(own_root)) {
		n->root = BPF_CORE_READ(task, fs, root.dentry);
		n->root_mount = mount_of(BPF_CORE_READ(task, fs, root.mnt));
	}
	bpf_loop(DEPTH_MOST, one_name, n, 0);
	return true;
}

/* Appends the piece for one descriptor; CWD: for the current directory. At a call's beginning only
 * if it says something new. Global, so that it is verified once. */
__attribute__((noinline)) int append_file(int fd, uint32_t when)
{
	struct trace_file f = { .inode = 0 };
	uint64_t key = rare_descriptor_key(fd);
	struct bpf_told *known = told_of(key);
	struct name_walk n = { .hash = key };
	struct bpf_ring *r = this_ring();
	struct trace_piece *piece;
	uint32_t at;

	if (!r || !known)
		return 0;
	at = r->walk.at & (PLAN_RECORD_MAX - 8);
	r->walk.name_at = names_begin(r);
	r->walk.names = r->walk.name_flags = 0;
	if (r->walk.name_at + NAMES_MOST + 16 > r->walk.room) {
		r->walk.flags |= TRACE_F_CUT;
		return 0;
	}
	if (!read_file(&f, &n, fd, r)) {
		if (when == FILE_END)
			return 0;
		r->walk.name_flags = TRACE_FILE_NONE;
	}
	f.names = r->walk.names;
	f.flags = r->walk.name_flags;
	n.hash = mix_facts(n.hash, &f);
	if (when == FILE_BEGIN && known->content == n.hash)
		return 0;
	known->content = n.hash;
	known->quick = 0;
	piece = (void *)piece_at(r, at);
	piece->length = r->walk.name_at - at - sizeof(*piece) - sizeof(struct trace_nested);
	piece->total = piece->length;
	piece->offset = 0;
	piece->arg = piece->spare = 0;
	piece->flags = TRACE_P_NESTED | TRACE_P_FILE | (when == FILE_END ? TRACE_P_EXIT : 0);
	*(uint64_t *)piece_at(r, at + sizeof(*piece)) = TRACE_FILE_ADDRESS | (uint32_t)fd;
	__builtin_memcpy(piece_at(r, at + sizeof(*piece) + sizeof(struct trace_nested)), &f,
			 sizeof(f));
	r->walk.at = (r->walk.name_at + 7) & ~7u;
	r->walk.pieces++;
	return 0;
}

struct rights_walk {
	uint64_t address;
	uint32_t count, pad;
};

static long one_right(uint32_t i, struct rights_walk *w)
{
	int fd = -1;

	if (i >= w->count ||
	    bpf_probe_read_user(&fd, sizeof(fd), (void *)(w->address + i * sizeof(fd))) || fd < 0)
		return 1;
	append_file(fd, FILE_END);
	return 0;
}

/* Descriptors in the first message of the control data: where SCM_RIGHTS stands. */
static __always_inline void append_rights(uint64_t message)
{
	uint32_t arch = ring_arch(), width = word_size(arch);
	uint64_t control = read_word(arch, message, 32), size = read_word(arch, message, 40);
	struct rights_walk w = { .address = control + width + 8 };
	uint64_t length = size > width + 8 ? read_word(arch, control, 0) : 0;
	int kind[2] = { 0, 0 };

	if (length <= width + 8 ||
	    bpf_probe_read_user(kind, sizeof(kind), (void *)(control + width)) || kind[0] != 1 ||
	    kind[1] != 1)
		return;
	w.count = (length - width - 8) / sizeof(int);
	bpf_loop(FILE_RIGHTS, one_right, &w, 0);
}

static __always_inline void append_files(struct bpf_walk *w, struct plan_op *op)
{
	int fds[2] = { -1, -1 };

	switch (op->size) {
	case PLAN_FILE_RESULT: append_file(w->result, FILE_END); break;
	case PLAN_FILE_PAIR:
		if (bpf_probe_read_user(fds, sizeof(fds), (void *)arg_of(w, op->arg)))
			break;
		append_file(fds[0], FILE_END);
		append_file(fds[1], FILE_END);
		break;
	case PLAN_FILE_ARG: append_file(arg_of(w, op->arg), FILE_END); break;
	case PLAN_FILE_CWD: append_file(CWD, FILE_END); break;
	case PLAN_FILE_RIGHTS: append_rights(arg_of(w, op->arg)); break;
	}
}

#endif
