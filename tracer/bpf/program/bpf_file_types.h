/* SPDX-License-Identifier: GPL-2.0-or-later */
/* bpf_file_types: what bpf_files.h looks at of the kernel's files, names, mounts and sockets, as
 * bpf_kernel.h has the rest. */
#ifndef SYSTAPE_BPF_FILE_TYPES_H
#define SYSTAPE_BPF_FILE_TYPES_H

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)
struct qstr {
	uint64_t hash_len;
	const unsigned char *name;
};

struct hlist_bl_node {
	struct hlist_bl_node *next, **pprev;
};

struct dentry {
	struct hlist_bl_node d_hash;
	struct dentry *d_parent;
	struct qstr d_name;
	struct inode *d_inode;
};

struct vfsmount {
	struct dentry *mnt_root;
};

struct mount {
	struct mount *mnt_parent;
	struct dentry *mnt_mountpoint;
	struct vfsmount mnt;
};

struct path {
	struct vfsmount *mnt;
	struct dentry *dentry;
};

struct super_block {
	uint32_t s_dev;
	unsigned long s_magic;
};

struct inode {
	uint16_t i_mode;
	unsigned long i_ino;
	uint32_t i_rdev;
	struct super_block *i_sb;
};

struct file {
	struct path f_path;
	struct inode *f_inode;
	const struct file_operations *f_op;
	void *private_data;
};

struct fdtable {
	unsigned int max_fds;
	struct file **fd;
};

struct files_struct {
	struct fdtable *fdt;
};

struct fs_struct {
	struct path root, pwd;
};

struct socket {
	struct sock *sk;
};

struct socket_alloc {
	struct socket socket;
	struct inode vfs_inode;
};

struct in6_addr {
	uint8_t bytes[16];
};

struct sock_common {
	uint16_t skc_family;
	uint16_t skc_dport;
	uint16_t skc_num;
	uint32_t skc_daddr, skc_rcv_saddr;
	struct in6_addr skc_v6_daddr, skc_v6_rcv_saddr;
};

struct sock {
	struct sock_common __sk_common;
	uint16_t sk_type, sk_protocol;
	struct socket *sk_socket;
};

struct sockaddr_un {
	uint16_t sun_family;
};

struct unix_address {
	int len;
	struct sockaddr_un name[];
};

struct unix_sock {
	struct unix_address *addr;
	struct sock *peer;
};
#pragma clang attribute pop

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)
struct netlink_sock {
	uint32_t portid;
};

struct eventfd_ctx {
	uint64_t count;
	unsigned int flags;
	int id;
};

struct tty_struct {
	int index;
};

struct tty_file_private {
	struct tty_struct *tty;
};
#pragma clang attribute pop

#endif
